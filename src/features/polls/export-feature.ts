import { beside, type Effect } from '../../chat/effect.ts';
import type { Asked, Download, Due } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readers } from '../../chat/voice.ts';
import { csvOf as inCsv } from '../../text/csv.ts';
import { voice } from '../../text/say.ts';
import { readBallots } from './ballot-store.ts';
import { nameOf } from './cards.ts';
import { type Answer, fewest, groupOf, type Poll } from './polls.ts';
import { exportCard } from './result-cards.ts';
import { known } from './result-feature.ts';
import { findPoll } from './store.ts';
import { readAnswers } from './vote-store.ts';

/** Long enough to press it, too short to be passed on. */
const linkLives = { hours: 1 };

/** The way to a result as a file. */
export async function offerExport(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const poll = await known(asked, subject);
  if (poll.state !== 'closed') throw new Refusal('error.poll-gone');
  // What the file speaks is its reader's language, so that stands in the link too.
  const link = asked.link('polls.export', `${poll.id}.${asked.person.language}`, asked.now.add(linkLives));
  if (!link) throw new Refusal('error.no-public-address');
  return [beside(exportCard(readers(asked), link), 'internal')];
}

/** The answers of a closed poll as CSV. */
export const exportFile: Download = {
  async run(due) {
    const [id = '', language] = due.subject.split('.');
    const poll = await findPoll(due.tx, due.tenant, id);
    if (poll?.state !== 'closed') throw new Refusal('error.poll-gone');
    const answers = await answersOf(due, poll);
    const day = poll.closesAt.toZonedDateTimeISO(poll.timeZone).toPlainDate();
    const spoken = language === 'en' ? 'en' : 'nl';
    const body = csvOf(poll, answers, spoken);
    return { name: `${poll.kind}-${day}.csv`, type: 'text/csv; charset=utf-8', body };
  },
};

async function answersOf({ tx, tenant, platform }: Due, poll: Poll): Promise<Answer[]> {
  if (!poll.anonymous)
    return readAnswers(tx, { tenant, platform }, poll.id, {
      reasons: false,
      from: 0,
      most: Number.MAX_SAFE_INTEGER,
    });
  const ballots = await readBallots(tx, tenant, poll.id);
  if (ballots.length < fewest) throw new Refusal('error.export-few');
  // By their content, so that no order is left in them.
  return ballots.sort(
    (one, other) => one.grade - other.grade || (one.why ?? '').localeCompare(other.why ?? ''),
  );
}

/** The answers as CSV, as a Dutch or an English spreadsheet reads it. */
export function csvOf(poll: Poll, answers: Answer[], language: 'nl' | 'en'): string {
  const say = voice(language);
  const named = poll.anonymous ? [] : [say('export.name')];
  const columns = [...named, nameOf(poll.kind, say), say('export.group'), say('export.why')];
  const rows = answers.map(({ name, grade, why }) => [
    ...(poll.anonymous ? [] : [name ?? '']),
    grade,
    say(`export.${groupOf(poll.kind, grade)}`),
    why ?? '',
  ]);
  return inCsv([columns, ...rows], language);
}
