/** "maandag 30 november om 14:05", in the reader's language and the given time zone. */
export function sayMoment(instant: Temporal.Instant, language: 'nl' | 'en', timeZone: string): string {
  return instant.toLocaleString(language === 'nl' ? 'nl-NL' : 'en-GB', {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
  });
}

/** "30 november". */
export function sayDay(instant: Temporal.Instant, language: 'nl' | 'en', timeZone: string): string {
  return instant.toLocaleString(language === 'nl' ? 'nl-NL' : 'en-GB', {
    timeZone,
    day: 'numeric',
    month: 'long',
  });
}
