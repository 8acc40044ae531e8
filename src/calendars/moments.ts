import { type Property, parameterOf } from './lines.ts';
import type { Zones } from './zones.ts';

/** A time as a calendar gives it. `day`: a whole day, and `at` is its start. */
export type Moment = { at: Temporal.ZonedDateTime; day: boolean };

const shape = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z)?)?$/i;

/** The date or time of a property. Throws a RangeError when it is none. */
export function momentOf(property: Property, zones: Zones): Moment {
  return readMoment(property.value, zones.of(parameterOf(property, 'TZID')), zones.day);
}

/** The dates of a list that can be read. One that cannot means nothing for the others. */
export function momentsOf(property: Property, zones: Zones): Moment[] {
  const zone = zones.of(parameterOf(property, 'TZID'));
  return property.value.split(',').flatMap((value) => {
    // A period begins with its start.
    const [start = ''] = value.split('/', 1);
    return readable(() => readMoment(start, zone, zones.day)) ?? [];
  });
}

/** Reads `20261020`, `20261020T100000` in `zone` or `20261020T080000Z`. Throws a RangeError when it is none of them. */
export function readMoment(value: string, zone: string, dayZone: string): Moment {
  const [, year, month, day, hour, minute, second, utc] = shape.exec(value.trim()) ?? [];
  if (year === undefined) throw new RangeError('This is no date.');
  const date = Temporal.PlainDate.from(
    { year: Number(year), month: Number(month), day: Number(day) },
    { overflow: 'reject' },
  );
  if (hour === undefined) return { at: date.toZonedDateTime(dayZone), day: true };
  const plainTime = Temporal.PlainTime.from(
    { hour: Number(hour), minute: Number(minute), second: Number(second) },
    { overflow: 'reject' },
  );
  return { at: date.toZonedDateTime({ timeZone: utc ? 'UTC' : zone, plainTime }), day: false };
}

/** What `read` gives; undefined when it finds a date or a number that is none (a RangeError, as Temporal throws it). */
export function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
