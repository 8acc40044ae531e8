import { z } from 'zod';
import { line } from '../../chat/card.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked, Due, Feature } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { newId } from '../../store/id.ts';
import { findMessage } from '../../store/messages.ts';
import {
  askedCard,
  askForm,
  ofAsker,
  ofPoll,
  questionCard,
  readers,
  thanksCard,
  until,
  votedCard,
  whyForm,
} from './cards.ts';
import {
  type Asking,
  type AskingMistake,
  checkAsking,
  closingTime,
  keyOf,
  limits,
  type Poll,
  readAsking,
  voteRefusal,
} from './polls.ts';
import {
  allowEnding,
  cancel,
  close,
  closeDue,
  known,
  moreReasons,
  participation,
  result,
  share,
  untold,
} from './result-feature.ts';
import { endPoll, findPoll, holdPoll, migrations, newestPoll, openPoll } from './store.ts';
import { castVote, countAnswers, findVote, keepWhy } from './vote-store.ts';

/** How long votes are gathered before the open card's count is brought up to date. */
const countEvery = { seconds: 10 };

export const polls: Feature = {
  name: 'polls',
  migrations,
  commands: [
    {
      name: 'polls.ask',
      words: { nl: ['nps vragen'], en: ['nps ask'] },
      who: 'member',
      where: 'channel',
      run: (asked, { text }) => ask(asked, readAsking(text)),
    },
    {
      name: 'polls.close',
      words: { nl: ['nps sluiten'], en: ['nps close'] },
      who: 'member',
      where: 'channel',
      run: async (asked) => close(asked, await openHere(asked)),
    },
    {
      name: 'polls.cancel',
      words: { nl: ['nps annuleren', 'nps intrekken'], en: ['nps cancel', 'nps withdraw'] },
      who: 'member',
      where: 'channel',
      run: async (asked) => cancel(asked, await openHere(asked)),
    },
    {
      name: 'polls.result',
      words: { nl: ['nps uitslag'], en: ['nps result'] },
      who: 'member',
      where: 'channel',
      run: result,
    },
    {
      name: 'polls.start',
      words: { nl: ['nps'], en: ['nps'] },
      who: 'member',
      where: 'channel',
      bare: true,
      run: start,
    },
  ],
  presses: {
    'polls.ask': { who: 'member', where: 'channel', run: start },
    'polls.vote': { who: 'anyone', run: vote },
    'polls.change': { who: 'anyone', run: changeVote },
    'polls.why': { who: 'anyone', run: askWhy },
    'polls.close': {
      who: 'member',
      run: async (asked, { subject }) => close(asked, await known(asked, subject)),
    },
    'polls.cancel': {
      who: 'member',
      run: async (asked, { subject }) => cancel(asked, await known(asked, subject)),
    },
    'polls.again': { who: 'member', run: again },
    'polls.share': { who: 'member', run: share },
    'polls.reasons': { who: 'member', run: moreReasons },
  },
  forms: {
    'polls.ask': {
      who: 'member',
      where: 'channel',
      run: (asked, { fields }) => ask(asked, askingOf(fields)),
    },
    'polls.why': { who: 'anyone', run: (asked, { subject, fields }) => keepReason(asked, subject, fields) },
  },
  jobs: {
    'polls.close': { run: closeDue },
    'polls.count': { run: count },
    'polls.unposted': { run: unposted },
    'polls.untold': { run: untold },
  },
  hub: [
    {
      who: 'member',
      button: ({ say, place }) =>
        place.kind === 'channel'
          ? { press: 'polls.ask', label: say('polls.hub'), style: 'primary' }
          : undefined,
    },
  ],
};

const formSchema = z.object({
  days: z.coerce.number().int().positive(),
  topic: z.string().trim().optional(),
});

function askingOf(fields: Record<string, string>): Asking | AskingMistake {
  const form = formSchema.safeParse(fields);
  if (!form.success) return 'no-period';
  return checkAsking({
    period: Temporal.Duration.from({ days: form.data.days }),
    topic: form.data.topic || undefined,
  });
}

function mistakeOf(mistake: AskingMistake): Refusal {
  switch (mistake) {
    case 'not-understood':
      return new Refusal('error.poll-not-understood');
    case 'no-period':
      return new Refusal('error.poll-period', {}, { field: 'days' });
    case 'period-too-long':
      return new Refusal('error.poll-period-long', { days: limits.days }, { field: 'days' });
    case 'topic-too-long':
      return new Refusal('error.text-too-long', { most: limits.topic }, { field: 'topic' });
  }
}

async function start(asked: Asked): Promise<Effect[]> {
  const { tx, tenant, platform, place } = asked;
  const open = await newestPoll(tx, tenant, { platform, place: place.id }, ['open']);
  return open ? [await participation(asked, open)] : [{ do: 'ask', form: askForm(asked.say) }];
}

async function ask(asked: Asked, asking: Asking | AskingMistake): Promise<Effect[]> {
  if (typeof asking === 'string') throw mistakeOf(asking);
  const { tx, tenant, platform, now, person, place } = asked;
  const poll: Poll = {
    id: newId(),
    place: place.id,
    placeName: place.name,
    shared: place.shared,
    topic: asking.topic,
    language: place.language,
    timeZone: place.timeZone,
    asker: { id: person.id, name: person.name, language: person.language },
    invited: place.shared ? place.outsiders : place.members,
    askedAt: now,
    closesAt: closingTime(now, asking.period, place.timeZone),
    state: 'open',
    resultShared: false,
  };
  if (!(await openPoll(tx, tenant, platform, poll))) throw await alreadyOpen(asked);
  return [
    {
      do: 'post',
      to: { place: poll.place },
      card: questionCard(poll, ofPoll(poll)),
      audience: 'anyone',
      key: keyOf(poll),
      resend: true,
      otherwise: { job: 'polls.unposted', subject: poll.id },
    },
    answer(askedCard(poll, readers(asked)), 'internal'),
    { do: 'later', job: 'polls.close', subject: poll.id, at: poll.closesAt },
  ];
}

async function alreadyOpen(asked: Asked): Promise<Refusal> {
  const open = await openHere(asked);
  const message = await findMessage(asked.tx, asked, keyOf(open));
  const link = message?.link ? [{ url: message.link, label: asked.say('polls.go-to') }] : [];
  const values = { asker: open.asker.name, until: until(open, readers(asked)) };
  return new Refusal('error.poll-open', values, { buttons: link });
}

/** The poll that is open in this place. Throws a Refusal when none is. */
async function openHere({ tx, tenant, platform, place }: Asked): Promise<Poll> {
  const poll = await newestPoll(tx, tenant, { platform, place: place.id }, ['open']);
  if (!poll) throw new Refusal('error.poll-none-open');
  return poll;
}

/** The poll a person answers: it must stand where he is. */
async function answerable(asked: Asked, id: string): Promise<Poll> {
  const poll = await holdPoll(asked.tx, asked.tenant, id);
  if (poll?.place !== asked.place.id) throw new Refusal('error.poll-gone');
  const refusal = voteRefusal(poll, asked.person, asked.now);
  if (refusal) throw new Refusal(`error.poll-${refusal}`);
  return poll;
}

const gradeSchema = z.coerce.number().int().min(0).max(10);

async function vote(
  asked: Asked,
  { subject, detail }: { subject: string; detail: string },
): Promise<Effect[]> {
  const grade = gradeSchema.safeParse(detail || undefined);
  if (!grade.success) throw new Refusal('error.button-unknown');
  const poll = await answerable(asked, subject);
  const { tx, tenant, person, now, say } = asked;
  const why = await castVote(tx, tenant, poll.id, person, grade.data, now);
  return [
    answer(votedCard(poll, readers(asked), grade.data, why), 'person', whyForm(poll, say, grade.data, why)),
    { do: 'later', job: 'polls.count', subject: poll.id, at: now.add(countEvery), once: true },
  ];
}

async function changeVote(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const poll = await answerable(asked, subject);
  const given = await findVote(asked.tx, asked.tenant, poll.id, asked.person.id);
  return [answer(questionCard(poll, readers(asked), 0, given?.grade), 'person')];
}

async function askWhy(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const poll = await answerable(asked, subject);
  const given = await findVote(asked.tx, asked.tenant, poll.id, asked.person.id);
  if (!given) throw new Refusal('error.poll-no-vote');
  return [{ do: 'ask', form: whyForm(poll, asked.say, given.grade, given.why) }];
}

async function keepReason(asked: Asked, id: string, fields: Record<string, string>): Promise<Effect[]> {
  const why = fields.why?.trim() || undefined;
  if (why && [...why].length > limits.why)
    throw new Refusal('error.text-too-long', { most: limits.why }, { field: 'why' });
  const poll = await answerable(asked, id);
  const { tx, tenant, person } = asked;
  if (!(await keepWhy(tx, tenant, poll.id, person.id, why))) throw new Refusal('error.poll-no-vote');
  const given = await findVote(tx, tenant, poll.id, person.id);
  return [answer(thanksCard(poll, readers(asked), given?.grade ?? 0, why), 'person')];
}

async function count(due: Due): Promise<Effect[]> {
  const poll = await holdPoll(due.tx, due.tenant, due.subject);
  if (poll?.state !== 'open') return [];
  const card = questionCard(poll, ofPoll(poll), await countAnswers(due.tx, due.tenant, poll.id));
  return [{ do: 'update', key: keyOf(poll), place: poll.place, card, audience: 'anyone', pace: 'counting' }];
}

/** Shows the running question once more, for those who have lost sight of it. */
async function again(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const poll = await holdPoll(asked.tx, asked.tenant, subject);
  if (!poll) throw new Refusal('error.poll-gone');
  allowEnding(asked, poll);
  if (poll.state !== 'open') throw new Refusal('error.poll-closed');
  const card = questionCard(poll, ofPoll(poll), await countAnswers(asked.tx, asked.tenant, poll.id));
  const [key, place] = [keyOf(poll), poll.place];
  const moved = line(ofPoll(poll).say('polls.moved'));
  return [
    // The older one first: only the newest message of a poll is known when it closes.
    { do: 'update', key, place, card: moved, audience: 'anyone', pace: 'final' },
    { do: 'post', to: { place }, card, audience: 'anyone', key, resend: true },
    answer(line(asked.say('polls.shown-again')), 'internal'),
  ];
}

/** The question never reached its channel: nobody can answer it, so it is withdrawn and its asker told. */
async function unposted(due: Due): Promise<Effect[]> {
  const poll = await findPoll(due.tx, due.tenant, due.subject);
  if (!poll || !(await endPoll(due.tx, due.tenant, poll.id, 'cancelled', due.now))) return [];
  const card = line(ofAsker(poll).say('polls.unposted'));
  return [{ do: 'post', to: { person: poll.asker.id }, card, audience: 'person', resend: false }];
}
