import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { readers } from '../../chat/voice.ts';
import { relationOf } from '../clients/access-store.ts';
import { type Expectation, isOpen } from './expectations.ts';
import { type History, historyCard } from './history-cards.ts';
import { audienceOf } from './list-feature.ts';
import { owned } from './owned-feature.ts';
import { showCard } from './show-cards.ts';
import { eventsOf, wordingsOf } from './store.ts';
import type { At } from './telling-feature.ts';

/** One expectation, with all that the team knows of it. */
export async function show(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const { client, expectation } = await owned(asked, subject, { write: false });
  const relation = await relationOf(asked, asked.person, client);
  const judge =
    isOpen(expectation) && expectation.about === 'person' && client.manager?.id === asked.person.id;
  const may = {
    write: relation === 'team' && !client.archived,
    judge: judge && expectation.feasible !== true,
  };
  const history = await historyOf(asked, expectation);
  const card = showCard(client, expectation, history, may, readers(asked), asked.now);
  return [answer(card, audienceOf([expectation]))];
}

/** All that happened to one, with each wording in full; `detail` is the page. */
export async function history(
  asked: Asked,
  { subject, detail }: { subject: string; detail: string },
): Promise<Effect[]> {
  const { expectation } = await owned(asked, subject, { write: false });
  const all = await historyOf(asked, expectation);
  return [answer(historyCard(expectation, all, Number(detail), readers(asked)), audienceOf([expectation]))];
}

async function historyOf({ tx, tenant }: At, { id }: Expectation): Promise<History> {
  const [events, wordings] = [await eventsOf(tx, tenant, id), await wordingsOf(tx, tenant, id)];
  return { events, wordings };
}
