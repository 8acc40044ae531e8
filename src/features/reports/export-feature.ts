import { beside, type Effect } from '../../chat/effect.ts';
import type { Asked, Download, Due } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { languageFor, readers, timeZoneIn, type Voice } from '../../chat/voice.ts';
import { readPerson } from '../../store/people.ts';
import { readSettings } from '../../store/settings.ts';
import { type Cell, csvOf } from '../../text/csv.ts';
import { voice as speak } from '../../text/say.ts';
import { daysBetween } from '../../text/when.ts';
import { readableClients } from '../clients/access-store.ts';
import { fileCard, gapText } from './cards.ts';
import type { Reporting } from './report-feature.ts';
import { gapsOf, type Known, type KnownExpectation, leastKnownFirst } from './reports.ts';

/** Long enough to press it, too short to be passed on. */
const linkLives = { hours: 1 };

/** The way to all of it as a file. What it holds hangs on who asked, so that stands in the link. */
export async function offerExport(asked: Asked): Promise<Effect[]> {
  const link = asked.link('reports.export', asked.person.id, asked.now.add(linkLives));
  if (!link) throw new Refusal('error.no-public-address');
  return [beside(fileCard(link, readers(asked)), 'person')];
}

/** All clients with all their expectations as CSV, as far as whoever asked may see them now. */
export function exportFile({ knownFor }: Reporting): Download {
  return {
    async run(due) {
      const { person, voice } = await bearerOf(due);
      const clients = await readableClients(due, person);
      const { tx, tenant, platform, now } = due;
      const known = await knownFor({ tx, tenant, platform, now, person: person.id, voice }, clients);
      const day = now.toZonedDateTimeISO(voice.timeZone).toPlainDate();
      const rows = rowsOf(leastKnownFirst(known), voice, now);
      const name = `${voice.say('reports.file')}-${day}.csv`;
      return { name, type: 'text/csv; charset=utf-8', body: csvOf(rows, voice.language) };
    },
  };
}

/** Who asked for the file, as he is now: whoever has left meanwhile gets nothing. */
async function bearerOf(due: Due) {
  const { tx, tenant, platform, subject, defaults } = due;
  const person = await readPerson(tx, platform, tenant, subject);
  if (!person || person.outsider) throw new Refusal('error.link-gone');
  const kept = await readSettings(tx, { tenant, platform, person: person.id });
  const language = languageFor(kept, person.language, defaults);
  const timeZone = person.timeZone ?? timeZoneIn(kept, defaults);
  const admin = person.admin || kept.get('person.role') === 'admin';
  return { person: { ...person, admin }, voice: { say: speak(language), language, timeZone } };
}

const columns = [
  'client',
  'expectation',
  'state',
  'confirmed',
  'age',
  'discussed',
  'from',
  'unknown',
] as const;

/** A row for each expectation, and one for each client of whom nothing is noted. */
function rowsOf(all: Known[], voice: Voice, now: Temporal.Instant): Cell[][] {
  const { say, timeZone } = voice;
  const rows = all.flatMap((known) => {
    const gaps = gapsOf(known, now, timeZone).map((gap) => gapText(gap, say));
    const cells = known.expectations.map((one) => cellsOf(one, voice, now));
    const each = cells.length > 0 ? cells : [['', '', '', '', '', '']];
    return each.map((row) => [known.client.name, ...row, gaps.join(', ')]);
  });
  return [columns.map((column) => say(`reports.column-${column}`)), ...rows];
}

function cellsOf(known: KnownExpectation, { say, timeZone }: Voice, now: Temporal.Instant): Cell[] {
  const { one, standing, discussed, sources } = known;
  const dayOf = (at: Temporal.Instant | undefined) =>
    at ? at.toZonedDateTimeISO(timeZone).toPlainDate().toString() : '';
  return [
    one.wording.text,
    say(`reports.state-${standing}`),
    standing === 'confirmed' ? dayOf(one.wording.confirmedAt) : '',
    daysBetween(one.notedAt, now, timeZone),
    dayOf(discussed),
    sources.join(', '),
  ];
}
