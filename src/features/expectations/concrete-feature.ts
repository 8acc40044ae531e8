import { z } from 'zod';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readers } from '../../chat/voice.ts';
import { catalogue } from '../../text/catalogue.ts';
import { teamOf } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { isSame } from './answer-rules.ts';
import { askOn } from './asking-on-rules.ts';
import { reword } from './change-store.ts';
import { concreteCard, concreteForm, waitsCard } from './concrete-cards.ts';
import {
  abouts,
  after,
  type Expectation,
  type Inside,
  kanos,
  limits,
  maySee,
  waitsForManager,
} from './expectations.ts';
import { tellManager } from './feasible-feature.ts';
import { keepInside } from './inside-store.ts';
import { mustBeNew, mustBeRead, ownedForm, readText } from './owned-feature.ts';
import { countNotedBy, findExpectation } from './store.ts';
import { update } from './telling-feature.ts';

/** Makes it concrete: the form, with what is known of it. */
export async function openConcrete(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const { client, expectation } = await ownedForm(asked, subject);
  const { language } = asked.person;
  const categories = catalogue.inspiration.map((entry) => ({ id: entry.id, label: entry[language] }));
  const people = await teamOf(asked, client);
  const questions = await questionsOn(asked, expectation);
  const form = concreteForm(expectation, asked.say, { people, categories, questions });
  return [{ do: 'ask', form, alone: true }];
}

/** The same as when it was noted, unless more was noted since. */
async function questionsOn({ tx, tenant, person }: Asked, one: Expectation): Promise<string[]> {
  if (one.direction === 'ours') return [];
  const turn = await countNotedBy(tx, tenant, person.id);
  return askOn(one.wording.text, person.language, catalogue, turn).questions;
}

const fieldsSchema = z.object({
  importance: z.coerce.number().int().min(1).max(5).optional(),
  kano: z.enum(kanos).optional(),
  about: z.enum(abouts),
});

/** The form was sent: a new wording when the client would read another one, and what only the team sees. */
export async function concreteSent(
  asked: Asked,
  { subject, fields }: { subject: string; fields: Record<string, string> },
): Promise<Effect[]> {
  const { client, expectation, read } = await ownedForm(asked, subject);
  const text = readText(fields.text);
  const seen = readText(fields.seen, 'seen', limits.seen);
  const inside = await readInside(asked, client, expectation, fields);
  const { tx, tenant, person, now } = asked;
  await keepInside(tx, tenant, expectation, inside);
  const { id, direction, wording } = expectation;
  const state = after(expectation.state, 'make-concrete', 'team');
  // Platforms give a text back with other spaces than it had: that is no other wording.
  if (state && !(isSame(wording.text, text) && isSame(seen, wording.seen))) {
    mustBeRead(asked, expectation, read);
    await mustBeNew(asked, client, { direction, words: text, but: id });
    const fresh = { text, seen, author: person, byClient: false };
    const to = { state, happened: 'make-concrete', wording: fresh } as const;
    await reword(tx, tenant, expectation, to, { who: person, now });
  }
  return changedFrom(asked, client, expectation);
}

/** What follows a change: the question before the client makes way, the manager judges, and what is next is said. */
export async function changedFrom(asked: Asked, client: Client, before: Expectation): Promise<Effect[]> {
  const { tx, tenant, person, say } = asked;
  const kept = (await findExpectation(tx, tenant, before.id)) ?? before;
  const isReplaced = before.state === 'sent' && kept.wording.id !== before.wording.id;
  const sees = maySee(kept, { id: person.id, relation: 'team' }, client);
  const isUnjudged = waitsForManager(kept) && kept.feasible === undefined;
  const card = isUnjudged ? waitsCard(client, kept, readers(asked), sees) : concreteCard(client, kept, say);
  return [
    ...(isReplaced ? await update(asked, client, before, 'replaced') : []),
    ...(await tellManager(asked, client, before, kept)),
    answer(card, 'internal'),
  ];
}

async function readInside(
  asked: Asked,
  client: Client,
  { direction }: Expectation,
  fields: Record<string, string>,
): Promise<Inside & Pick<Expectation, 'doing'>> {
  // What we ask of the client is expected of none of us, whatever a form says.
  const whose = direction === 'ours' ? { kano: undefined, about: 'company' } : {};
  const chosen = fieldsSchema.safeParse({ about: 'company', ...fields, ...whose });
  if (!chosen.success) throw new Refusal('error.form-incomplete');
  const { importance, kano, about } = chosen.data;
  const person = (await teamOf(asked, client)).find(({ id }) => id === fields.person);
  if (about === 'person' && !person) throw new Refusal('error.expectation-whom', {}, { field: 'person' });
  const category = catalogue.inspiration.find(({ id }) => id === fields.category)?.id;
  const optional = (id: string, most: number) =>
    fields[id]?.trim() ? readText(fields[id], id, most) : undefined;
  return {
    importance,
    kano,
    about,
    person: about === 'person' ? person : undefined,
    category,
    why: optional('why', limits.inside),
    notes: optional('notes', limits.notes),
    doing: optional('doing', limits.doing),
  };
}
