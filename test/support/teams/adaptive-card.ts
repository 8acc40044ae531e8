import { createRequire } from 'node:module';

// The package's ES modules import without extensions, which Node does not follow; its bundle works.
const cards: typeof import('adaptivecards') = createRequire(import.meta.url)(
  'adaptivecards/dist/adaptivecards.js',
);

/** What Microsoft's own parser has to say against a card. Charts it does not know: they have a fallback. */
export function complaintsAbout(card: object): string[] {
  const context = new cards.SerializationContext();
  const parsed = new cards.AdaptiveCard();
  // Teams shows six actions in a row, where the parser's own default is five.
  parsed.hostConfig = new cards.HostConfig({ actions: { maxActions: 6 } });
  parsed.parse(card, context);
  const complaints: string[] = [];
  for (let index = 0; index < context.eventCount; index += 1)
    complaints.push(context.getEventAt(index).message);
  for (const { message } of parsed.validateProperties().validationEvents) complaints.push(message);
  return complaints.filter((message) => !message.startsWith('Unknown element type "Chart.VerticalBar"'));
}

/** All objects of a card, with the path that leads to each. */
export function parts(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(parts);
  if (typeof value !== 'object' || value === null) return [];
  const own = Object.fromEntries(Object.entries(value));
  return [own, ...Object.values(own).flatMap(parts)];
}
