import type { Element } from '../../chat/card.ts';
import type { Briefing, Dossier, Reason, Reasons, Telling } from '../../chat/feature.ts';
import { shortened } from '../../chat/grammar.ts';
import { timeZoneIn } from '../../chat/voice.ts';
import { readPerson } from '../../store/people.ts';
import { readSettings } from '../../store/settings.ts';
import { sentenceOf } from '../../text/nudges.ts';
import { hearersOf, relationOf } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { findClient, readClients } from '../clients/store.ts';
import { findKtis, ktisOf } from '../kti/store.ts';
import { nextTurn } from '../nudges/store.ts';
import { type Action, byUrgency, daysLate, isOpen } from './actions.ts';
import { ktiIn, showButton, subtle } from './cards.ts';
import { titleOf } from './catalogue-rules.ts';
import { lineOf } from './list-cards.ts';
import { actionsOf, findAction, openActions } from './store.ts';

/** What actions tell elsewhere: on a client's card, before a conversation, and as a reason to nudge. */

const inDossier = 5;

/** What is under way for a client, a line each. */
export const dossier: Dossier = {
  async show({ tx, tenant, say, now, person }, { id }, mayWrite) {
    const open = (await actionsOf(tx, tenant, id)).filter(isOpen).toSorted(byUrgency);
    const today = now.toZonedDateTimeISO(person.timeZone).toPlainDate();
    const words = { say, language: person.language, timeZone: person.timeZone };
    const more = open.length - inDossier;
    const lines = [
      ...open.slice(0, inDossier).map((one) => lineOf(one, undefined, today, words)),
      ...(more > 0 ? [say('actions.more', { count: more })] : []),
    ];
    if (lines.length > 0)
      return {
        elements: [
          { kind: 'text', text: say('actions.dossier'), style: 'strong' },
          { kind: 'text', text: lines.join('\n') },
        ],
        buttons: [{ press: 'actions.list', subject: id, label: say('actions.all-of') }],
      };
    const mayStart = mayWrite && (await ktisOf(tx, tenant, id)).length > 0;
    const start = { press: 'actions.client', subject: id, label: say('actions.new') };
    return { elements: [], buttons: mayStart ? [start] : [] };
  },
};

/** As many as a briefing has room for, and for how long what was done is worth mentioning. */
const inBriefing = 3;
const lately = { hours: 24 * 31 };

/** What is under way for a client, and what was done that he may not have seen: so that it can be mentioned. */
export const briefing: Briefing = {
  async show({ tx, tenant, now, voice }, { id, name }) {
    const all = await actionsOf(tx, tenant, id);
    const open = all.filter(isOpen).toSorted(byUrgency);
    const since = now.subtract(lately);
    const unseen = all.filter(
      ({ doneAt, shown }) =>
        doneAt !== undefined &&
        Temporal.Instant.compare(doneAt, since) >= 0 &&
        (shown === undefined || shown === 'not-yet'),
    );
    const told = [...unseen, ...open].slice(0, inBriefing);
    if (told.length === 0) return [];
    const ktis = new Map(
      (await findKtis(tx, tenant, [...new Set(told.map(({ kti }) => kti))])).map((one) => [one.id, one]),
    );
    const { say, language } = voice;
    const more = unseen.length + open.length - told.length;
    return [
      { kind: 'text', text: say('actions.briefing', { client: name }), style: 'strong' },
      ...told.flatMap((one): Element[] => [
        {
          kind: 'text',
          text: say(isOpen(one) ? 'actions.briefing-open' : 'actions.briefing-done', {
            ...{ title: titleOf(one, language), name: one.owner.name },
          }),
        },
        subtle(
          say('actions.briefing-for', {
            ...{ kti: shortened(ktiIn(ktis.get(one.kti), language), 80), notice: one.notice },
          }),
        ),
      ]),
      ...(more > 0 ? [subtle(say('actions.more', { count: more }))] : []),
    ];
  },
};

const name = 'actions.overdue';
/** So many days past its day it is told of: whoever is one day late knows. */
const patienceDays = 2;

/** An action's day is past. */
export const overdue: Reasons = {
  name,
  async find(at) {
    const { tx, tenant, platform, now, defaults } = at;
    const clients = new Map((await readClients(tx, tenant)).map((client) => [client.id, client]));
    const timeZone = timeZoneIn(await readSettings(tx, { tenant, platform }), defaults);
    const today = now.toZonedDateTimeISO(timeZone).toPlainDate();
    const reasons: Reason[] = [];
    for (const one of await openActions(tx, tenant)) {
      const client = clients.get(one.client);
      if (!client || daysLate(one, today) < patienceDays) continue;
      const who = await whoHears(at, one, client);
      const since = one.due.add({ days: patienceDays }).toZonedDateTime(timeZone).toInstant();
      if (who.length > 0)
        reasons.push({ key: `${name}:${one.id}`, client: client.id, who, weight: 55, since });
    }
    return reasons;
  },
  async tell(to, key) {
    const { tx, tenant, now, person, voice } = to;
    const one = await findAction(tx, tenant, key.slice(name.length + 1));
    const client = one && (await findClient(tx, tenant, one.client));
    if (!one || !isOpen(one) || !client || client.archived) return undefined;
    const days = daysLate(one, now.toZonedDateTimeISO(voice.timeZone).toPlainDate());
    if (days < patienceDays || !(await whoHears(to, one, client)).includes(person)) return undefined;
    const turn = await nextTurn(tx, to, person, 'action');
    const values = { text: shortened(titleOf(one, voice.language)), client: client.name, days };
    return {
      text: sentenceOf('action', voice.language, turn, values),
      buttons: [
        { press: 'actions.done', subject: one.id, label: voice.say('actions.done') },
        showButton(one, voice.say),
      ],
    };
  },
};

/** Its owner, as long as he may read it; else those who hear what concerns its client. */
async function whoHears(
  { tx, tenant, platform }: Pick<Telling, 'tx' | 'tenant' | 'platform'>,
  { owner }: Action,
  client: Client,
): Promise<string[]> {
  const at = { tx, tenant, platform };
  const person = (await readPerson(tx, platform, tenant, owner.id)) ?? {
    ...{ id: owner.id, outsider: false, admin: false },
  };
  const relation = person.outsider ? 'none' : await relationOf(at, person, client);
  if (relation === 'team' || relation === 'colleague') return [owner.id];
  return (await hearersOf(at, [client])).get(client.id) ?? [];
}
