/** When people work: Monday to Friday, nine to five by their own clock. */

const [opens, closes] = [9, 17];

/** The same hour so many working days later, moved to the next moment at which people work. */
export function workingTime(from: Temporal.Instant, days: number, timeZone: string): Temporal.Instant {
  let at = from.toZonedDateTimeISO(timeZone);
  for (let left = days; left > 0; ) {
    at = at.add({ days: 1 });
    if (isWorkday(at)) left -= 1;
  }
  return nextWorkingTime(at.toInstant(), timeZone);
}

/** This moment when people work at it, else the next at which they do. */
export function nextWorkingTime(from: Temporal.Instant, timeZone: string): Temporal.Instant {
  let at = from.toZonedDateTimeISO(timeZone);
  const tooEarly = at.hour < opens;
  const tooLate = at.hour >= closes;
  if (isWorkday(at) && !tooEarly && !tooLate) return from;
  if (tooLate) at = at.add({ days: 1 });
  while (!isWorkday(at)) at = at.add({ days: 1 });
  return at
    .toPlainDate()
    .toZonedDateTime({ timeZone, plainTime: `${opens}`.padStart(2, '0') })
    .toInstant();
}

function isWorkday({ dayOfWeek }: Temporal.ZonedDateTime): boolean {
  return dayOfWeek <= 5;
}
