import type { Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal, refusedIn } from '../../chat/refusal.ts';
import { requiredText, typedText } from '../../chat/typed-text.ts';
import { readers } from '../../chat/voice.ts';
import { readColleagues } from '../../store/people.ts';
import { helpersOf, mustRead } from '../clients/access-store.ts';
import type { Client, Colleague } from '../clients/clients.ts';
import { archived } from '../clients/naming-store.ts';
import { holdClient } from '../clients/store.ts';
import { parted } from '../expectations/expectations.ts';
import { type Held, heldOpen, me, type Pressed, type Sent, shown } from './access-feature.ts';
import { type Changed, editForm, planForm } from './form-cards.ts';
import { choiceOf, type Improvement, limits, missingOf, type Plan, type Serves } from './improvements.ts';
import { mustFit } from './move-feature.ts';
import { doersAfter, type Seen, seenOf } from './seen-rules.ts';
import { type Choice, choicesFor, servedOf } from './served-feature.ts';
import { changeImprovement, holdBoard, lastWriter } from './store.ts';

/** What an improvement says: its own words and its plan. */

/** Asks for the plan. */
export async function planAsked(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  const mine = await heldOpen(asked, parted(subject)[0]);
  return [{ do: 'ask', form: await formFor(asked, mine), alone: true }];
}

async function formFor(asked: Asked, { one, client }: Held, seen?: Seen) {
  const choices = kept(asked, one, await choicesFor(asked, client));
  const people = await peopleFor(asked, client);
  const changed = seen && (await changedSince(asked, { one, client }, seen));
  return planForm(one, { choices, people, seen, changed }, readers(asked));
}

/** Who wrote otherwise meanwhile, and what it serves now; undefined while it reads as it was seen. */
async function changedSince(asked: Asked, { one, client }: Held, seen: Seen): Promise<Changed | undefined> {
  const by = seen.revision === `${one.revision}` ? undefined : await lastWriter(asked.tx, asked.tenant, one);
  return by && { by, served: (await servedOf(asked, one, client))?.text };
}

/** What it serves stays a choice, also when it is over by now, or whoever plans may not read it. */
function kept({ say }: Asked, { serves, client = '' }: Improvement, choices: Choice[]): Choice[] {
  if (!serves || serves.kind === 'words' || choices.some(({ value }) => value === choiceOf(serves)))
    return choices;
  return [{ value: choiceOf(serves), label: say('improvements.serves-kept'), serves, client }, ...choices];
}

async function peopleFor(asked: Asked, client: Client | undefined): Promise<Colleague[]> {
  if (client) return helpersOf(asked, client);
  const all = await readColleagues(asked.tx, asked.platform, asked.tenant);
  return all.map(({ id, name }) => ({ id, name }));
}

/** The plan was written, in whole or in part. What another wrote meanwhile is not written over unseen. */
export async function planned(asked: Asked, { subject, fields }: Sent): Promise<Effect[]> {
  const seen = seenOf(subject);
  const mine = await heldOpen(asked, seen.id);
  const { one } = mine;
  try {
    mustBeSeen(one, seen);
    const choices = kept(asked, one, await choicesFor(asked, mine.client));
    const chosen = choices.find(({ value }) => value === fields.serves);
    const client = chosen && !mine.client ? await clientFor(asked, one, chosen.client) : mine.client;
    const plan = await planIn(asked, one, client, { fields, chosen, seen });
    mustStayPlanned(one, plan);
    // What was asked was a grade for what it served then.
    const grading = choiceOf(plan.serves) === choiceOf(one.serves) ? one.grading : undefined;
    const to = { ...one, ...plan, grading, client: client?.id };
    const deed = { happened: 'planned' as const, by: me(asked), now: asked.now, text: one.expects };
    const changed = await changeImprovement(asked.tx, asked.tenant, { from: one, to }, deed);
    return await shown(asked, { one: changed, client });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw refusedIn(await formFor(asked, mine, seen), fields, error);
  }
}

function mustBeSeen({ revision }: Improvement, seen: Seen): void {
  if (seen.revision !== `${revision}`) throw new Refusal('error.improvements-changed');
}

/** What was asked before the work began stays said while it goes on. */
function mustStayPlanned({ stage }: Improvement, plan: Plan): void {
  const [missing] = stage === 'idea' || stage === 'plan' ? [] : missingOf(plan);
  if (missing) throw new Refusal(`error.improvements-plan-${missing}`, {}, { field: missing });
}

/** The client whose expectation or complaint was chosen: it is that client's improvement from now on. */
async function clientFor(asked: Asked, one: Improvement, id: string): Promise<Client> {
  // Held, so that of two who bring something onto one board, one waits for the other.
  const client = await holdClient(asked.tx, asked.tenant, id);
  if (!client) throw new Refusal('error.client-gone', {}, { field: 'serves' });
  await mustRead(asked, client);
  if (client.archived) throw archived(asked, client);
  await mustFit(asked, await holdBoard(asked.tx, asked.tenant, id), one.stage);
  return client;
}

async function planIn(
  asked: Asked,
  one: Improvement,
  client: Client | undefined,
  { fields, chosen, seen }: { fields: Record<string, string>; chosen: Choice | undefined; seen: Seen },
): Promise<Plan> {
  return {
    expects: typedText(fields.expects, { most: limits.words, field: 'expects' }),
    serves: chosen?.serves ?? servesIn(fields),
    tries: typedText(fields.tries, { most: limits.words, field: 'tries' }),
    doers: doersAfter(one.doers, seen.doers, await namedIn(asked, one, client, fields)),
  };
}

/** In words, or nothing yet. */
function servesIn(fields: Record<string, string>): Serves | undefined {
  const words = typedText(fields['serves-words'], { most: limits.serves, field: 'serves-words' });
  const { serves = 'none' } = fields;
  if (serves !== 'none' && serves !== 'words')
    throw new Refusal('error.improvements-serves-gone', {}, { field: 'serves' });
  if (serves === 'words' && !words)
    throw new Refusal('error.improvements-serves-words', {}, { field: 'serves-words' });
  return words ? { kind: 'words', words } : undefined;
}

/** The two that the form names. */
async function namedIn(
  asked: Asked,
  one: Improvement,
  client: Client | undefined,
  fields: Record<string, string>,
): Promise<Colleague[]> {
  const people = [...one.doers, ...(await peopleFor(asked, client))];
  return (['doer', 'second'] as const).flatMap((field) => {
    const id = fields[field];
    const person = people.find((other) => other.id === id);
    if (id && !person) throw new Refusal('error.person-unknown', {}, { field });
    return person ?? [];
  });
}

/** Asks for other words. */
export async function editAsked(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  const { one } = await heldOpen(asked, parted(subject)[0]);
  return [{ do: 'ask', form: editForm(one, asked.say), alone: true }];
}

/** It reads otherwise from now on; what it said before is kept. */
export async function edited(asked: Asked, { subject, fields }: Sent): Promise<Effect[]> {
  const seen = seenOf(subject);
  const { one, client } = await heldOpen(asked, seen.id);
  const { tx, tenant, now } = asked;
  try {
    mustBeSeen(one, seen);
    const text = requiredText(fields.text, {
      ...{ most: limits.text, field: 'text' },
      empty: 'error.improvements-text',
    });
    const deed = { happened: 'edited' as const, by: me(asked), now, text: one.text };
    const changed = await changeImprovement(tx, tenant, { from: one, to: { ...one, text } }, deed);
    return await shown(asked, { one: changed, client });
  } catch (error) {
    const changed = await changedSince(asked, { one, client }, seen);
    throw refusedIn(editForm(one, asked.say, changed), fields, error);
  }
}
