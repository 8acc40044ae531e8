/** One meeting, as somebody's calendar tells it. */
export type CalendarEvent = {
  /** The same for all occurrences of a series. */
  uid: string;
  /** With `uid` it names one occurrence, also when that was moved: when it was meant to be originally (ISO instant). */
  occurrence: string;
  start: Temporal.Instant;
  end: Temporal.Instant;
  /** Empty when there is none, or when the event is private or confidential. */
  title: string;
  /** E-mail addresses of organizer and attendees, small letters, no mailto:, each once. Empty when private. */
  attendees: string[];
  /** Those of them who will not come; not told where there are none. */
  declined?: string[];
  recurring: boolean;
  allDay: boolean;
  cancelled: boolean;
};

/** Why a calendar could not be read: its address, what answered there, or what came. */
export type CalendarTrouble = 'address' | 'refused' | 'unreachable' | 'too-slow' | 'too-big' | 'no-calendar';

export type CalendarReading =
  | { kind: 'events'; events: CalendarEvent[]; etag?: string | undefined; modified?: string | undefined }
  | { kind: 'unchanged' }
  | { kind: 'failed'; reason: CalendarTrouble };

/** What of a calendar is wanted. `timeZone` is for whole days, and for times that name no zone. */
export type CalendarWindow = { from: Temporal.Instant; until: Temporal.Instant; timeZone: string };
