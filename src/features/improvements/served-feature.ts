import type { Asked } from '../../chat/feature.ts';
import { shortened } from '../../chat/grammar.ts';
import { readableClients, relationOf } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { type Expectation, isPutBefore, maySee } from '../expectations/expectations.ts';
import { expectationsOf, findExpectation, openExpectations } from '../expectations/store.ts';
import { feedbackSince, findFeedback } from '../feedback/store.ts';
import { isGradable } from '../kti/choice-rules.ts';
import { choiceOf, type Improvement, type Serves } from './improvements.ts';

/** What an improvement serves: an expectation or a complaint of a client. */

/** `text`: undefined where the reader may not see it. `said`: in the client's words, as he may read them again. */
export type Served = {
  text: string | undefined;
  said: string | undefined;
  mayTell: boolean;
  /** The expectation that the client can be asked to grade. */
  gradable: string | undefined;
};

/** What it serves, as far as whoever asks may see that; undefined while nobody said so. */
export async function servedOf(
  asked: Asked,
  { serves }: Pick<Improvement, 'serves'>,
  client: Client | undefined,
): Promise<Served | undefined> {
  const { tx, tenant, person } = asked;
  if (!serves) return undefined;
  const nothing: Served = { text: undefined, said: undefined, mayTell: false, gradable: undefined };
  if (serves.kind === 'words') return { ...nothing, text: serves.words };
  if (!client) return nothing;
  if (serves.kind === 'complaint') {
    const one = await findFeedback(tx, tenant, serves.id);
    if (one?.kind !== 'complaint' || one.client !== client.id) return nothing;
    return { ...nothing, text: one.text, said: one.text, mayTell: true };
  }
  const one = await findExpectation(tx, tenant, serves.id);
  const reader = { id: person.id, relation: await relationOf(asked, person, client) };
  if (one?.client !== client.id || !maySee(one, reader, client)) return nothing;
  const { text } = one.wording;
  // What was never put before the client is in our words, or not for him to see.
  return {
    ...{ text, said: isPutBefore(one) ? text : undefined, mayTell: one.direction === 'theirs' },
    gradable: isGradable(one) ? one.id : undefined,
  };
}

/** Something that one can serve, as a choice of the plan's form. */
export type Choice = { value: string; label: string; serves: Serves; client: string };

/** As many letters as a choice has room for. */
const inChoice = 69;
const [mostExpectations, mostComplaints] = [60, 30];
/** Complaints of this long ago can still be served. */
const lately = { hours: 24 * 366 };

/** What it can serve: of its client, or, when it has none, of all clients that whoever asks may read of. */
export async function choicesFor(asked: Asked, client: Client | undefined): Promise<Choice[]> {
  const { tx, tenant, now, say, person } = asked;
  const all = client ? [client] : await readableClients(asked, person);
  const clients = new Map(all.map((one) => [one.id, one]));
  const expectations = client
    ? await expectationsOf(tx, tenant, client.id, { open: true })
    : await openExpectations(tx, tenant);
  const since = now.subtract(lately);
  const complaints = await feedbackSince(tx, tenant, { since, kinds: ['complaint'], client: client?.id });
  const label = (kind: 'expectation' | 'complaint', of: string, text: string) => {
    const name = client ? '' : `${clients.get(of)?.name ?? ''} · `;
    return shortened(`${name}${say(`improvements.serves-${kind}`)}: ${text}`.replace(/\s+/g, ' '), inChoice);
  };
  // Whoever may read of a client is a colleague at the least.
  const reader = { id: person.id, relation: 'colleague' } as const;
  const maySeeIt = (one: Expectation) => {
    const of = clients.get(one.client);
    return of !== undefined && one.direction === 'theirs' && maySee(one, reader, of);
  };
  return [
    ...expectations
      .filter(maySeeIt)
      .slice(0, mostExpectations)
      .map(({ id, client, wording }) =>
        choice({ kind: 'expectation', id }, client, label('expectation', client, wording.text)),
      ),
    ...complaints
      .filter(({ client, state }) => clients.has(client ?? '') && state !== 'learned')
      .toReversed()
      .slice(0, mostComplaints)
      .map(({ id, client = '', text }) =>
        choice({ kind: 'complaint', id }, client, label('complaint', client, text)),
      ),
  ];
}

function choice(serves: Exclude<Serves, { kind: 'words' }>, client: string, label: string): Choice {
  return { value: choiceOf(serves), label, serves, client };
}
