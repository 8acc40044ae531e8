import ical from 'node-ical';
import type { CalendarWindow } from './calendar.ts';
import { type Component, textOf } from './lines.ts';
import { zoneLike } from './observances.ts';

/** What the zones that a calendar names are to Temporal. */
export type Zones = {
  /** The zone of a TZID; the calendar's own when there is none, or when it means nothing here. */
  of(tzid: string | undefined): string;
  /** In which whole days begin: the reader's. */
  day: string;
};

/** The zones of one calendar. Its own is X-WR-TIMEZONE's, else the reader's. */
export function zonesOf(calendar: Component, { from, timeZone }: CalendarWindow): Zones {
  const definitions = new Map(
    calendar.components
      .filter(({ name }) => name === 'VTIMEZONE')
      .map((one) => [textOf(one, 'TZID')?.replaceAll('"', ''), one]),
  );
  const own = zoneNamed(textOf(calendar, 'X-WR-TIMEZONE') ?? '') ?? timeZone;
  const defined = (tzid: string) => {
    const definition = definitions.get(tzid);
    return definition && zoneLike(definition, from, candidates(timeZone, own));
  };
  // Exchange numbers zones that bear one name and had different rules in other years: `GMT Standard Time 1`.
  const find = (tzid: string) =>
    zoneNamed(tzid) ?? defined(tzid) ?? zoneNamed(tzid.replace(/ \d+$/, '')) ?? own;
  const found = new Map<string, string>();
  return {
    day: timeZone,
    of(tzid = '') {
      if (tzid === '') return own;
      const zone = found.get(tzid) ?? find(tzid);
      found.set(tzid, zone);
      return zone;
    },
  };
}

/** Where people most probably are comes first: many zones keep the same time this year. */
function* candidates(...first: string[]): Iterable<string> {
  yield* first;
  yield* Intl.supportedValuesOf('timeZone');
}

function zoneNamed(name: string): string | undefined {
  // Some put a source before it: `/mozilla.org/20050126_1/Europe/Amsterdam`, `tzone://Microsoft/Utc`.
  const segments = name.split('/', 8);
  const endings = segments.map((_, from) => segments.slice(from).join('/'));
  return endings.map(zoneOfTemporal).find((zone) => zone !== undefined) ?? windowsZone(name);
}

function zoneOfTemporal(name: string): string | undefined {
  // Temporal would take a whole date with a zone too.
  if (!/^[A-Za-z]/.test(name)) return undefined;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId;
  } catch {
    return undefined;
  }
}

/** The zone of a name of Windows: `W. Europe Standard Time`, `(UTC+01:00) Amsterdam, Berlin, …`. */
function windowsZone(name: string): string | undefined {
  // For these node-ical gives the zone of the machine it runs on.
  if (/^(customized time zone|tzone:|\(no tz)/i.test(name) || !/^[^"\p{Cc}]{1,200}$/u.test(name))
    return undefined;
  const event = ['BEGIN:VEVENT', 'UID:zone', `DTSTART;TZID="${name}":20260101T000000`, 'END:VEVENT'];
  const read = ical.sync.parseICS(['BEGIN:VCALENDAR', ...event, 'END:VCALENDAR'].join('\n')).zone;
  // Its types promise a start; where the name has a colon, there may be none.
  const tz = read?.type === 'VEVENT' ? read.start?.tz : undefined;
  return tz === undefined ? undefined : zoneOfTemporal(tz);
}
