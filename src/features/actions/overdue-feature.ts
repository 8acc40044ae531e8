import type { Reason, Reasons } from '../../chat/contributions.ts';
import type { Due } from '../../chat/feature.ts';
import { shortened } from '../../chat/grammar.ts';
import { timeZoneIn } from '../../chat/voice.ts';
import { readSome } from '../../store/people.ts';
import { readSettings } from '../../store/settings.ts';
import { sentenceOf } from '../../text/nudges.ts';
import { clientsOfContact, hearersOf, relationOf } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { findClient, readClients } from '../clients/store.ts';
import { nextTurn } from '../nudges/store.ts';
import { type Action, daysLate, isOpen } from './actions.ts';
import { showButton } from './cards.ts';
import { titleOf } from './catalogue-rules.ts';
import { findAction, openActions } from './store.ts';

/** An action's day is past: a reason to nudge. */

const name = 'actions.overdue';
/** So many days past its day it is told of: whoever is one day late knows. */
const patienceDays = 2;

type At = Pick<Due, 'tx' | 'tenant' | 'platform'>;
type Late = { one: Action; client: Client };

/** An action's day is past. */
export const overdue: Reasons = {
  name,
  async find(at) {
    const { tx, tenant, platform, now, defaults } = at;
    const clients = new Map((await readClients(tx, tenant)).map((client) => [client.id, client]));
    const timeZone = timeZoneIn(await readSettings(tx, { tenant, platform }), defaults);
    const today = now.toZonedDateTimeISO(timeZone).toPlainDate();
    const late = (await openActions(tx, tenant)).flatMap((one): Late[] => {
      const client = clients.get(one.client);
      return client && daysLate(one, today) >= patienceDays ? [{ one, client }] : [];
    });
    const hearers = await hearersIn({ tx, tenant, platform }, late);
    return late.flatMap(({ one, client }): Reason[] => {
      const who = hearers.get(one.id) ?? [];
      const since = one.due.add({ days: patienceDays }).toZonedDateTime(timeZone).toInstant();
      return who.length > 0 ? [{ key: `${name}:${one.id}`, client: client.id, who, weight: 55, since }] : [];
    });
  },
  async tell(to, key) {
    const { tx, tenant, platform, now, person, voice } = to;
    const one = await findAction(tx, tenant, key.slice(name.length + 1));
    const client = one && (await findClient(tx, tenant, one.client));
    if (!one || !isOpen(one) || !client || client.archived) return undefined;
    const days = daysLate(one, now.toZonedDateTimeISO(voice.timeZone).toPlainDate());
    const hearers = await hearersIn({ tx, tenant, platform }, [{ one, client }]);
    if (days < patienceDays || !hearers.get(one.id)?.includes(person)) return undefined;
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

/**
 * Who hears of each of these, by the action's id: its owner, as long as he may read it; else those who hear what concerns its
 * client. The queries grow with the number of owners, not of actions.
 */
async function hearersIn(at: At, all: Late[]): Promise<Map<string, string[]>> {
  const readers = await readersIn(at, all);
  const fallen = all.filter(({ one }) => !readers.has(one.id));
  const hearers = await hearersOf(at, [...new Set(fallen.map(({ client }) => client))]);
  return new Map(
    all.map(({ one, client }) => [
      one.id,
      readers.has(one.id) ? [one.owner.id] : (hearers.get(client.id) ?? []),
    ]),
  );
}

/** The ids of those of these that their owner may read: no outsider, and not on the client's side. */
async function readersIn(at: At, all: Late[]): Promise<Set<string>> {
  const readable = new Set<string>();
  const byOwner = Map.groupBy(all, ({ one }) => one.owner.id);
  const known = await readSome(at.tx, at.platform, at.tenant, [...byOwner.keys()]);
  const people = new Map(known.map((person) => [person.id, person]));
  for (const [id, theirs] of byOwner) {
    const person = people.get(id) ?? { id, outsider: false, admin: false };
    if (person.outsider) continue;
    const own = new Set((await clientsOfContact(at, person)).map((client) => client.id));
    for (const { one, client } of theirs)
      if (!own.has(client.id) || (await relationOf(at, person, client)) === 'team') readable.add(one.id);
  }
  return readable;
}
