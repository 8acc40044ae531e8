import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readers } from '../../chat/voice.ts';
import type { Db } from '../../store/database.ts';
import { clientOfPlace, clientsOfContact, relationOf } from '../clients/access-store.ts';
import { type Client, personContactId } from '../clients/clients.ts';
import { lastDeed } from './event-store.ts';
import { type Expectation, isOpen, isPutBefore, type State, type Wording } from './expectations.ts';
import { expectationsOf, wordingsOf } from './store.ts';
import type { Happened } from './tables-store.ts';
import type { At } from './telling-feature.ts';
import { type Shown, viewCard } from './view-cards.ts';

/** How long the address of the page to print works. */
const documentLasts = { hours: 30 * 24 };

/** So many of those that are over are still shown. */
const mostOver = 10;

/**
 * What a contact was asked and confirmed: a card for each of his clients, for him alone. Of the team, who sees what the
 * client sees. `detail`: where to go on, of the client that `subject` names.
 */
export async function mine(asked: Asked, press = { subject: '', detail: '' }): Promise<Effect[]> {
  const { clients, forTeam } = await whose(asked);
  const turned = clients.filter(({ id }) => id === press.subject);
  const from = turned.length > 0 && /^\d{1,4}$/.test(press.detail) ? Number(press.detail) : 0;
  const effects: Effect[] = [];
  for (const client of turned.length > 0 ? turned : clients) {
    const shown = await shownTo(asked.tx, asked.tenant, client);
    const link = shown.length > 0 ? documentLink(asked, client, personContactId(asked.person.id)) : undefined;
    effects.push(answer(viewCard(client, shown, readers(asked), { from, forTeam, link }), 'person'));
  }
  return effects;
}

async function whose(asked: Asked): Promise<{ clients: Client[]; forTeam: boolean }> {
  const { person, place } = asked;
  if (person.unknown) throw new Refusal('error.expectation-unknown-person');
  const here = (await clientOfPlace(asked, place.id))?.client;
  const isContactHere = here && (await relationOf(asked, person, here)) === 'contact';
  // In a client's own channel it is about that client, also for who is a contact of another one too.
  if (isContactHere) return { clients: [here], forTeam: false };
  if (here && !person.outsider) return { clients: [here], forTeam: true };
  const clients = await clientsOfContact(asked, person);
  if (clients.length === 0) throw new Refusal('error.expectation-no-client');
  return { clients, forTeam: false };
}

/**
 * The address of the page to print, for a reader by his id as a contact: it works as long as he may see it. None where
 * Belay has no public address.
 */
export function documentLink(
  { link, now }: Pick<At, 'link' | 'now'>,
  { id }: Client,
  reader: string,
): string | undefined {
  return link('expectations.document', `${id}.${reader}`, now.add(documentLasts));
}

/** All of a client that was ever put before it, as it may see it: what holds first, then what is over. */
export async function shownTo(db: Db, tenant: string, { id }: Client): Promise<Shown[]> {
  const all = await expectationsOf(db, tenant, id, { open: false });
  const every: Shown[] = [];
  for (const one of all) {
    const shown = await shownOf(db, tenant, one);
    if (shown) every.push(shown);
  }
  const open = every.filter(({ expectation }) => isOpen(expectation));
  const over = every.filter(({ expectation }) => !isOpen(expectation));
  const lastAt = ({ said, expectation }: Shown) => (said?.at ?? expectation.notedAt).epochMilliseconds;
  const latest = over.toSorted((one, other) => lastAt(other) - lastAt(one));
  return [
    ...open.filter(({ expectation }) => expectation.direction === 'theirs'),
    ...open.filter(({ expectation }) => expectation.direction === 'ours'),
    ...latest.slice(0, mostOver),
  ];
}

/** One as the client may see it; a text of the team that he was never asked about is not shown, but the one before it. */
export async function shownOf(db: Db, tenant: string, one: Expectation): Promise<Shown | undefined> {
  const seen = ({ sentAt, byClient }: Wording) => sentAt !== undefined || byClient;
  const wording = isPutBefore(one) ? one.wording : (await wordingsOf(db, tenant, one.id)).findLast(seen);
  return wording && { expectation: one, wording, said: await saidLast(db, tenant, one) };
}

const broughtBy: Partial<Record<State, Happened>> = {
  doubted: 'doubt',
  met: 'meet',
  'not-met': 'miss',
  withdrawn: 'withdraw',
};

/** Who brought it into the state that its wording does not tell of, and when. */
async function saidLast(db: Db, tenant: string, { id, state }: Expectation): Promise<Shown['said']> {
  const happened = broughtBy[state];
  if (!happened) return undefined;
  const last = await lastDeed(db, tenant, id, happened);
  return last && { name: last.who.name, at: last.at };
}
