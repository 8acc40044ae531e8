import type { Element } from '../../chat/card.ts';
import type { Briefing, Reason, Reasons, Telling } from '../../chat/contributions.ts';
import type { Voice } from '../../chat/voice.ts';
import { catalogue } from '../../text/catalogue.ts';
import { type Group, sentenceOf } from '../../text/nudges.ts';
import { daysBetween } from '../../text/when.ts';
import { hearersOf, relationOf } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { findClient, readClients } from '../clients/store.ts';
import { lastDiscussed } from '../conversations/note-store.ts';
import { nextTurn } from '../nudges/store.ts';
import { askOn } from './asking-on-rules.ts';
import { type Expectation, maySee, monthsOf, patience, waitsForManager } from './expectations.ts';
import { cut, showButton, standing } from './list-cards.ts';
import { expectationsOf, findExpectation, openExpectations } from './store.ts';

/** What expectations tell elsewhere: before a conversation, and as reasons to nudge. */

/** As many as a briefing has room for. */
const inBriefing = 5;

/** The open ones in their order, with their age and when each was last spoken of; and one question for the weakest. */
export const briefing: Briefing = {
  async show(to, { id }) {
    const { voice, now } = to;
    const open = await openFor(to, id);
    const discussed = await lastDiscussed(to.tx, to.tenant, id);
    if (open.length === 0) return [{ kind: 'text', text: voice.say('expectations.briefing-none') }];
    const rows = open.slice(0, inBriefing).flatMap((one, at): Element[] => {
      const last = discussed.get(one.id);
      const spoken = last ? [discussedOf(daysBetween(last, now, voice.timeZone), voice)] : [];
      return [
        { kind: 'text', text: `${at + 1}. ${cut(one.wording.text, 120)}` },
        { kind: 'text', text: [standing(one, voice, now), ...spoken].join(' · '), style: 'subtle' },
      ];
    });
    const more = open.length - inBriefing;
    return [
      { kind: 'text', text: voice.say('expectations.briefing-title'), style: 'strong' },
      ...rows,
      ...(more > 0
        ? [{ kind: 'text' as const, text: voice.say('expectations.dossier-more', { count: more }) }]
        : []),
    ];
  },
  async question(to, { id }, but) {
    const open = (await openFor(to, id)).toSorted(byWeakness);
    let oldest: { question: Question; at: number } | undefined;
    for (const question of open.length === 0
      ? firstQuestions(to.voice)
      : questionsAbout(open, but.length, to)) {
      const at = but.indexOf(question.id);
      if (at < 0) return question;
      if (!oldest || at > oldest.at) oldest = { question, at };
    }
    // All were proposed lately: never the last one again.
    return oldest?.question;
  },
};

type Question = { id: string; text: string };

function firstQuestions({ say }: Voice): Question[] {
  return ([1, 2, 3, 4] as const).map((number) => {
    const text = say(`expectations.briefing-first-${number}`);
    return { id: text, text };
  });
}

/** So many turns of asking on have more questions than are remembered. */
const turnsAhead = 4;

/** Questions about each, those of this turn first. */
function* questionsAbout(open: Expectation[], turn: number, { voice }: Telling): Iterable<Question> {
  for (const { wording } of open)
    for (let more = 0; more < turnsAhead; more += 1)
      for (const id of askOn(wording.text, voice.language, catalogue, turn + more).questions) {
        const values = { text: cut(wording.text, 80), question: afterColon(id) };
        yield { id, text: voice.say('expectations.briefing-question', values) };
      }
}

function discussedOf(days: number, { say }: Voice): string {
  return days < 1
    ? say('expectations.briefing-discussed-today')
    : say('expectations.briefing-discussed', { count: days });
}

/** A sentence as it goes on after a colon: without its capital, but "I" and "NPS" keep theirs. */
function afterColon(sentence: string): string {
  return sentence.replace(/^(?!I\b)\p{Lu}(?!\p{Lu})/u, (letter) => letter.toLowerCase());
}

/** What the client has not confirmed is weaker than what he has; then the oldest. */
function byWeakness(one: Expectation, other: Expectation): number {
  const isConfirmed = ({ state }: Expectation) => Number(state === 'confirmed');
  return isConfirmed(one) - isConfirmed(other) || Temporal.Instant.compare(one.notedAt, other.notedAt);
}

/** What the client expects of us, as far as the reader may see it. */
async function openFor(to: Telling, id: string): Promise<Expectation[]> {
  const client = await findClient(to.tx, to.tenant, id);
  if (!client) return [];
  const open = await expectationsOf(to.tx, to.tenant, id, { open: true });
  return open.filter(
    (one) => one.direction === 'theirs' && maySee(one, { id: to.person, relation: 'colleague' }, client),
  );
}

type Why = {
  name: string;
  group: Group;
  weight: number;
  since(one: Expectation): Temporal.Instant | undefined;
};

const whys: Why[] = [
  {
    name: 'expectations.review',
    group: 'review',
    weight: 70,
    // The owner was asked when it was due; this is for what has been left since.
    since: ({ state, reviewAt }) =>
      state === 'confirmed' ? reviewAt?.add({ hours: 24 * patience }) : undefined,
  },
  {
    name: 'expectations.unconfirmed',
    group: 'unconfirmed',
    weight: 60,
    since: ({ state, wording }) =>
      state === 'sent' ? wording.sentAt?.add({ hours: 24 * patience }) : undefined,
  },
  {
    // The client was promised that it is talked about.
    name: 'expectations.doubted',
    group: 'doubted',
    weight: 65,
    since: ({ state, reviewAt }) => (state === 'doubted' ? reviewAt : undefined),
  },
  {
    name: 'expectations.unsent',
    group: 'unsent',
    weight: 50,
    since: (one) =>
      ['noted', 'concrete', 'corrected'].includes(one.state) && !waitsForManager(one)
        ? one.wording.writtenAt.add({ hours: 24 * patience })
        : undefined,
  },
];

/** What waits with an expectation, for the client's owner. */
export const reasons: Reasons[] = whys.map((why) => ({
  name: why.name,
  async find(at) {
    const { tx, tenant, now } = at;
    const clients = new Map((await readClients(tx, tenant)).map((client) => [client.id, client]));
    const hearers = await hearersOf(at, [...clients.values()]);
    return (await openExpectations(tx, tenant)).flatMap((one): Reason[] => {
      const who = hearers.get(one.client);
      const since = why.since(one);
      if (!who || !since || Temporal.Instant.compare(since, now) > 0) return [];
      return [{ key: `${why.name}:${one.id}`, client: one.client, who, weight: why.weight, since }];
    });
  },
  async tell(to, key) {
    const one = await findExpectation(to.tx, to.tenant, key.slice(why.name.length + 1));
    const client = one && (await findClient(to.tx, to.tenant, one.client));
    const since = one && why.since(one);
    if (!client || client.archived || !since || Temporal.Instant.compare(since, to.now) > 0) return undefined;
    if (!maySee(one, { id: to.person, relation: await relationTo(to, client) }, client)) return undefined;
    const turn = await nextTurn(to.tx, to, to.person, why.group);
    const begun = since.subtract({ hours: 24 * patience });
    const days = daysBetween(begun, to.now, to.voice.timeZone);
    const text = cut(one.wording.text.replace(/[.\s]+$/, ''), 80);
    const values = { client: client.name, days, text, months: monthsSince(one, to) };
    return {
      text: sentenceOf(why.group, to.voice.language, turn, values),
      buttons: [showButton(one.id, to.voice.say)],
    };
  },
}));

/** How long ago the client confirmed it: "6 maanden". */
function monthsSince({ wording }: Expectation, { now, voice }: Telling): string {
  const since = wording.confirmed?.at ?? wording.writtenAt;
  return voice.say('expectations.months', { count: monthsOf(daysBetween(since, now, voice.timeZone)) });
}

function relationTo({ person, ...at }: Telling, client: Client) {
  return relationOf(at, { id: person, outsider: false, admin: false }, client);
}
