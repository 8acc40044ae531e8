/** One line of a calendar: `NAME;PARAMETER=…:value`. `parameters` as they stand, with their semicolons. */
export type Property = { name: string; parameters: string; value: string };

export type Component = { name: string; properties: Property[]; components: Component[] };

const folds = /(?:\r\n|\r|\n)[ \t]/g;

/** Their values have no colon; the zones that Exchange and Outlook name in them do, and do not quote it. */
const dates = new Set(['DTSTART', 'DTEND', 'RECURRENCE-ID', 'EXDATE', 'RDATE']);

/** The text of a calendar. Lines are joined first, because some programs fold them in the middle of a letter. */
export function decodeCalendar(bytes: Uint8Array): string {
  const joined = Buffer.from(bytes).toString('latin1').replace(folds, '');
  return Buffer.from(joined, 'latin1').toString('utf8');
}

/** The calendars in a text, usually one. Throws when it is none, or is cut off. */
export function readCalendars(text: string): Component[] {
  const calendars: Component[] = [];
  const open: Component[] = [];
  const lines = text
    .replace(/^\uFEFF?\s*/, '')
    .replace(folds, '')
    .split(/\r\n|\r|\n/);
  for (const line of lines) {
    const property = readLine(line);
    if (open.length === 0 && !isCalendarsBegin(property)) {
      if (line.trim() === '') continue;
      throw new Error('The text is no calendar.');
    }
    if (property) place(property, open, calendars);
  }
  if (calendars.length === 0 || open.length > 0) throw new Error('The calendar has no end.');
  return calendars;
}

function isCalendarsBegin(property: Property | undefined): boolean {
  return property?.name === 'BEGIN' && nameIn(property) === 'VCALENDAR';
}

function place(property: Property, open: Component[], calendars: Component[]): void {
  const inner = open.at(-1);
  if (property.name === 'BEGIN') {
    const component = { name: nameIn(property), properties: [], components: [] };
    inner?.components.push(component);
    open.push(component);
  } else if (property.name !== 'END') {
    inner?.properties.push(property);
  } else if (inner?.name === nameIn(property)) {
    open.pop();
    if (open.length === 0) calendars.push(inner);
  }
}

function nameIn(property: Property): string {
  return property.value.trim().toUpperCase();
}

function readLine(line: string): Property | undefined {
  const name = /^[\w-]+/.exec(line)?.[0];
  if (name === undefined) return undefined;
  const colon = dates.has(name.toUpperCase()) ? line.lastIndexOf(':') : valueColon(line);
  if (colon < name.length) return undefined;
  return {
    name: name.toUpperCase(),
    parameters: line.slice(name.length, colon),
    value: line.slice(colon + 1),
  };
}

/** Where the value begins: at the first colon outside quotes; at the first of all when a quote is never closed. */
function valueColon(line: string): number {
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    if (line[at] === '"') quoted = !quoted;
    else if (line[at] === ':' && !quoted) return at;
  }
  return line.indexOf(':');
}

/** All properties of a name, which is in capitals. */
export function propertiesOf(component: Component, name: string): Property[] {
  return component.properties.filter((one) => one.name === name);
}

/** The first property of a name. */
export function propertyOf(component: Component, name: string): Property | undefined {
  return component.properties.find((one) => one.name === name);
}

/** The first value of a name, without the spaces around it. */
export function textOf(component: Component, name: string): string | undefined {
  return propertyOf(component, name)?.value.trim();
}

/** A parameter's value without its quotes. */
export function parameterOf(property: Property, name: string): string | undefined {
  return new RegExp(`;${name}=("[^"]*"|[^;]*)`, 'i')
    .exec(property.parameters)?.[1]
    ?.replaceAll('"', '')
    .trim();
}
