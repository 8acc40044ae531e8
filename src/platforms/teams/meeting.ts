import { z } from 'zod';
import type { Meeting } from '../../chat/request.ts';
import type { Activity } from './parse.ts';

const begun = 'application/vnd.microsoft.meetingStart';
const over = 'application/vnd.microsoft.meetingEnd';

/** As Teams writes them, with seven digits of a second; the database keeps three. */
const momentSchema = z.string().transform((text, context) => {
  try {
    return Temporal.Instant.from(text).round({ smallestUnit: 'millisecond', roundingMode: 'floor' });
  } catch {
    context.addIssue({ code: 'custom', message: 'No moment.' });
    return z.NEVER;
  }
});

const valueSchema = z.object({
  Id: z.string().min(1),
  Title: z.string().nullish(),
  StartTime: momentSchema.nullish(),
  EndTime: momentSchema.nullish(),
});

/** Whether it tells of a meeting that Belay was added to. */
export function isMeetingEvent({ name }: Activity): boolean {
  return name === begun || name === over;
}

/** The meeting that has begun or is over; undefined where Teams does not say which, or when. */
export function meetingOf({ name, value, channelData }: Activity): Meeting | undefined {
  const parsed = valueSchema.safeParse(value);
  if (!parsed.success) return undefined;
  const { Id, Title, StartTime: start, EndTime: end } = parsed.data;
  // `Id` is that of the chat, which in a channel is not the meeting's own.
  const id = channelData?.meeting?.id ?? Id;
  const title = Title?.replaceAll('\0', '').trim() || undefined;
  if (name === begun) return start ? { id, title, phase: 'begun', start } : undefined;
  return end ? { id, title, phase: 'over', start: start ?? undefined, end } : undefined;
}
