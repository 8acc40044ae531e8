import { z } from 'zod';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { catalogue } from '../../text/catalogue.ts';
import { teamOf } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { keepInside, reword } from './change-store.ts';
import { concreteCard, concreteForm } from './concrete-cards.ts';
import { abouts, after, type Expectation, type Inside, isOpen, kanos, limits } from './expectations.ts';
import { askManager } from './feasible-feature.ts';
import { owned, readText } from './note-feature.ts';
import { findExpectation } from './store.ts';
import { update } from './telling-feature.ts';

/** Makes it concrete: the form, with what is known of it. */
export async function openConcrete(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const { client, expectation } = await owned(asked, subject, { write: true });
  if (!isOpen(expectation)) throw new Refusal('error.expectation-over');
  const { language } = asked.person;
  const categories = catalogue.inspiration.map((entry) => ({ id: entry.id, label: entry[language] }));
  const form = concreteForm(expectation, asked.say, { people: await teamOf(asked, client), categories });
  return [{ do: 'ask', form, alone: true }];
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
  const { client, expectation } = await owned(asked, subject, { write: true });
  if (!isOpen(expectation)) throw new Refusal('error.expectation-over');
  const text = readText(fields.text);
  const seen = readText(fields.seen, 'seen', limits.seen);
  const inside = await readInside(asked, client, fields);
  const { tx, tenant, person, now } = asked;
  await keepInside(tx, tenant, expectation, inside);
  const { wording } = expectation;
  const changed = text !== wording.text || seen !== wording.seen;
  const state = after(expectation.state, 'make-concrete', 'team');
  if (changed && state) {
    const fresh = { text, seen, author: person, byClient: false };
    await reword(
      tx,
      tenant,
      expectation,
      { state, happened: 'make-concrete', wording: fresh },
      { who: person, now },
    );
  }
  const kept = (await findExpectation(tx, tenant, expectation.id)) ?? expectation;
  const replaced = changed && expectation.state === 'sent';
  return [
    ...(replaced ? await update(asked, client, expectation, 'replaced') : []),
    ...(await tellManager(asked, client, expectation, kept)),
    answer(concreteCard(client, kept, asked.say), 'internal'),
  ];
}

async function readInside(asked: Asked, client: Client, fields: Record<string, string>): Promise<Inside> {
  const chosen = fieldsSchema.safeParse({ about: 'company', ...fields });
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
  };
}

/** What is expected of somebody is judged first by who leads him. */
async function tellManager(
  asked: Asked,
  client: Client,
  before: Expectation,
  kept: Expectation,
): Promise<Effect[]> {
  if (kept.about !== 'person' || kept.feasible !== undefined) return [];
  if (before.about === 'person' && before.person?.id === kept.person?.id) return [];
  return askManager(asked, client, kept);
}
