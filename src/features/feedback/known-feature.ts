import type { Element } from '../../chat/card.ts';
import type { Briefing, Dossier, Reason, Reasons } from '../../chat/contributions.ts';
import { timeZoneIn } from '../../chat/voice.ts';
import { workingTime } from '../../chat/working-time.ts';
import { readSettings } from '../../store/settings.ts';
import { sentenceOf } from '../../text/nudges.ts';
import { daysBetween, noonOf, sayDay } from '../../text/when.ts';
import { findClient, readClients } from '../clients/store.ts';
import { nextTurn } from '../nudges/store.ts';
import { lineOf, quoteOf } from './cards.ts';
import { feedbackTouching } from './count-store.ts';
import { keepersOf } from './owner-store.ts';
import { feedbackSince, findFeedback, openComplaints } from './store.ts';

/** What complaints and compliments tell elsewhere: on a client's card, before a conversation, as a reason to nudge. */

/** What was brought in these days stands on a client's card. */
const lately = { hours: 24 * 92 };

/** How many complaints are open, how many compliments came lately; and what one can bring. */
export const dossier: Dossier = {
  async show(asked, { id }) {
    const { tx, tenant, now, say } = asked;
    const open = await openComplaints(tx, tenant, id);
    const came = await feedbackSince(tx, tenant, { since: now.subtract(lately), client: id });
    const count = (kind: string) => came.filter((one) => one.kind === kind).length;
    const facts = [
      ...(open.length > 0
        ? [{ label: say('feedback.open'), value: say('feedback.count', { count: open.length }) }]
        : []),
      {
        label: say('feedback.lately'),
        value: say('feedback.lately-counts', {
          complaints: count('complaint'),
          compliments: count('compliment'),
        }),
      },
    ];
    const press = (kind: 'complaint' | 'compliment') => ({
      press: `feedback.${kind}`,
      subject: id,
      label: say(`feedback.kind-${kind}`),
    });
    return {
      elements: came.length === 0 && open.length === 0 ? [] : [{ kind: 'facts', facts }],
      buttons: [press('complaint'), press('compliment')],
    };
  },
  async sources({ tx, tenant, now, voice }, client) {
    const touching = await feedbackTouching(tx, tenant, client);
    const byExpectation = Map.groupBy(touching, ({ expectation }) => expectation);
    const thisYear = now.toZonedDateTimeISO(voice.timeZone).year;
    const worded = ({ kind, day }: (typeof touching)[number]) => {
      const year = day.year === thisYear ? '' : ` ${day.year}`;
      const said = `${sayDay(noonOf(day), voice.language, 'UTC')}${year}`;
      return voice.say(`feedback.source-${kind}`, { day: said });
    };
    return new Map([...byExpectation].map(([id, all]) => [id, all.map(worded)]));
  },
};

/** The open complaints, each in the client's words: nobody walks into a room without knowing them. */
export const briefing: Briefing = {
  async show({ tx, tenant, voice }, { id, name }) {
    const open = await openComplaints(tx, tenant, id);
    if (open.length === 0) return [];
    return [
      { kind: 'text', text: voice.say('feedback.briefing-open', { count: open.length }), style: 'strong' },
      ...open
        .slice(-2)
        .flatMap((one): Element[] => [
          { kind: 'text', text: lineOf(one, { id, name }, voice), style: 'subtle' },
          quoteOf(one, voice),
        ]),
    ];
  },
};

const name = 'feedback.unanswered';
/** A complaint that has no answer after so many working days is told of. */
const patienceDays = 2;

/** A complaint waits for its answer. */
export const unanswered: Reasons = {
  name,
  async find(at) {
    const { tx, tenant, platform, now, defaults } = at;
    const clients = new Map((await readClients(tx, tenant)).map((client) => [client.id, client]));
    const timeZone = timeZoneIn(await readSettings(tx, { tenant, platform }), defaults);
    const waiting = (await openComplaints(tx, tenant)).flatMap((one) => {
      const client = clients.get(one.client ?? '');
      const since = workingTime(one.at, patienceDays, timeZone);
      return client && Temporal.Instant.compare(since, now) <= 0 ? [{ one, client, since }] : [];
    });
    const keepers = await keepersOf(at, waiting);
    return waiting.flatMap(({ one, client, since }): Reason[] => {
      const who = keepers.get(one.id) ?? [];
      return who.length > 0 ? [{ key: `${name}:${one.id}`, client: client.id, who, weight: 80, since }] : [];
    });
  },
  async tell(to, key) {
    const one = await findFeedback(to.tx, to.tenant, key.slice(name.length + 1));
    const client = one?.client === undefined ? undefined : await findClient(to.tx, to.tenant, one.client);
    const waits = one?.state === 'new' || one?.state === 'handling';
    if (!one || !client || client.archived || !waits) return undefined;
    const keepers = (await keepersOf(to, [{ one, client }])).get(one.id);
    if (!keepers?.includes(to.person)) return undefined;
    const turn = await nextTurn(to.tx, to, to.person, 'complaint');
    const days = daysBetween(one.at, to.now, to.voice.timeZone);
    return {
      text: sentenceOf('complaint', to.voice.language, turn, { client: client.name, days }),
      buttons: [
        { press: 'feedback.answer', subject: one.id, label: to.voice.say('feedback.answer') },
        { press: 'feedback.show', subject: one.id, label: to.voice.say('feedback.show') },
      ],
    };
  },
};
