/** "Anna, Bram en Carla". */
export function listOf(items: string[], language: 'nl' | 'en'): string {
  return new Intl.ListFormat(language === 'nl' ? 'nl-NL' : 'en-GB').format(items);
}
