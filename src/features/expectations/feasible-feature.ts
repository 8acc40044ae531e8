import { line } from '../../chat/card.ts';
import { answer, beside, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readers } from '../../chat/voice.ts';
import type { Client } from '../clients/clients.ts';
import { type Expectation, isOpen, parted } from './expectations.ts';
import { feasibleCard, judgedCard, noManagerCard } from './feasible-cards.ts';
import { markFeasible } from './inside-store.ts';
import { showButton } from './list-cards.ts';
import { noManager, owned } from './owned-feature.ts';
import { cannotBe } from './review-feature.ts';
import { type At, managerOf, toOwner, toPerson } from './telling-feature.ts';

/**
 * Something is expected of one person: the client's manager is asked whether it can be done. Without a manager the
 * owner is told how to name one.
 */
export async function askManager(at: At, client: Client, one: Expectation): Promise<Effect[]> {
  const manager = await managerOf(at, client);
  if (!manager) return [await toOwner(at, client, one, (words) => noManagerCard(client, one, words))];
  return [await toPerson(at, manager.id, one, (words) => feasibleCard(client, one, words), feasibleKey(one))];
}

/** One was changed: the manager is asked when it is about somebody else now, or when its text was not feasible before. */
export async function tellManager(
  at: At,
  client: Client,
  before: Expectation,
  kept: Expectation,
): Promise<Effect[]> {
  if (kept.about !== 'person' || kept.feasible !== undefined) return [];
  const isAsked = before.about === 'person' && before.person?.id === kept.person?.id;
  return isAsked && before.feasible === undefined ? [] : askManager(at, client, kept);
}

function feasibleKey({ id }: Expectation): string {
  return `expectation-feasible:${id}`;
}

/** Somebody of the team has the manager asked, once one is named or when he did not answer. */
export async function askAgain(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const { client, expectation } = await owned(asked, subject, { write: true });
  mustBeJudged(asked, expectation);
  const manager = await managerOf(asked, client);
  if (!manager) throw noManager(asked, client);
  const told = line(asked.say('expectations.manager-asked', { manager: manager.name }));
  return [...(await askManager(asked, client, expectation)), beside(told, 'internal')];
}

/** The manager says that it can be done. */
export function feasible(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  return judge(asked, subject, true);
}

/** The manager says that it cannot. */
export function notFeasible(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  return judge(asked, subject, false);
}

async function judge(asked: Asked, subject: string, word: boolean): Promise<Effect[]> {
  const { tx, tenant, person, now, say } = asked;
  const [id, whom] = parted(subject);
  const { client, expectation } = await owned(asked, id, { write: false });
  if (!client.manager) throw noManager(asked, client);
  if (client.manager.id !== person.id)
    throw new Refusal('error.expectation-not-manager', { manager: client.manager.name });
  mustBeJudged(asked, expectation);
  if (expectation.person?.id !== whom)
    throw new Refusal(
      'error.expectation-other-person',
      { name: expectation.person?.name ?? '' },
      { buttons: [showButton(id, say)] },
    );
  const judged: Expectation = { ...expectation, feasible: word };
  const thanks = answer(judgedCard(client, judged, readers(asked), false), 'internal');
  if (expectation.feasible === word) return [thanks];
  await markFeasible(tx, tenant, expectation, word, { who: person, now });
  const told = await toOwner(asked, client, expectation, (words) => judgedCard(client, judged, words, true));
  return [thanks, ...(client.owner.id === person.id ? [] : [told])];
}

function mustBeJudged(asked: Asked, one: Expectation): void {
  if (!isOpen(one)) throw cannotBe(asked, one);
  if (one.about !== 'person')
    throw new Refusal('error.expectation-nobody', {}, { buttons: [showButton(one.id, asked.say)] });
}
