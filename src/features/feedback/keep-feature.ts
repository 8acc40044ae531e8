import type { Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import type { Form } from '../../chat/form.ts';
import { Refusal, refusedIn } from '../../chat/refusal.ts';
import type { Picked } from '../../chat/request.ts';
import { readers } from '../../chat/voice.ts';
import { newId } from '../../store/id.ts';
import { sayDay } from '../../text/when.ts';
import { clientOfPlace } from '../clients/access-store.ts';
import { ownFirst } from '../clients/own-store.ts';
import { readClients } from '../clients/store.ts';
import { bring, clientChosen } from './bring-feature.ts';
import { titleOf } from './cards.ts';
import { excerpt, kinds, limits, readDay, readLink } from './feedback.ts';
import { readable } from './held-feature.ts';
import { keepForm } from './keep-cards.ts';
import { keptFrom, noteKept } from './keep-store.ts';

/** Keeping what stands in a message as a complaint, a compliment, a story or a success. */

/** Somebody picked a message: what is it, and of which client? */
export async function keepPicked(asked: Asked, message: Picked): Promise<Effect[]> {
  if (message.unfit) throw new Refusal(`error.feedback-message-${message.unfit}`);
  const text = excerpt(message.text.trim(), limits.text);
  if (text === '') throw new Refusal('error.feedback-message-empty');
  const link = message.link && readLink(message.link);
  if (link) await mustBeNew(asked, link);
  const { author, at } = message;
  // Whom the client has sent is worth a name; of a colleague it would look as if he were the client.
  const saidBy = author?.outsider ? excerpt(author.name, limits.saidBy) : undefined;
  const day = at && min(at.toZonedDateTimeISO(asked.person.timeZone).toPlainDate(), todayOf(asked));
  return ask(await formFor(asked, { text, saidBy, link, day }));
}

/** The form without a message: by a button, where it could not open at once. */
export async function keepAsked(asked: Asked): Promise<Effect[]> {
  return ask(await formFor(asked, {}));
}

function ask(form: Form): Effect[] {
  return [{ do: 'ask', form, alone: true }];
}

type Found = Omit<Parameters<typeof keepForm>[0], 'day'> & { day?: Temporal.PlainDate | undefined };

async function formFor(asked: Asked, found: Found): Promise<Form> {
  const clients = await ownFirst(asked, asked.person.id, await readClients(asked.tx, asked.tenant));
  if (clients.length === 0) {
    const buttons = [{ press: 'clients.add', label: asked.say('clients.add-first') }];
    throw new Refusal('error.client-none-yet', {}, { buttons });
  }
  const client = (await clientOfPlace(asked, asked.place.id))?.client.id;
  const today = todayOf(asked);
  return keepForm({ ...found, day: found.day ?? today }, { client, clients, today }, readers(asked));
}

/** The form was sent; refused, it comes again with what stood in it. */
export async function keepFilled(
  asked: Asked,
  { fields }: { fields: Record<string, string> },
): Promise<Effect[]> {
  try {
    return await keep(asked, fields);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const day = readDay(fields.day, todayOf(asked));
    throw refusedIn(await formFor(asked, { day }), fields, error);
  }
}

async function keep(asked: Asked, fields: Record<string, string>): Promise<Effect[]> {
  const kind = kinds.find((one) => one === fields.kind);
  if (!kind) throw new Refusal('error.feedback-which-kind', {}, { field: 'kind' });
  const client = await clientChosen(asked, kind, fields);
  const day = readDay(fields.day, todayOf(asked));
  if (!day) throw new Refusal('error.feedback-day', {}, { field: 'day' });
  const { text = '', 'said-by': saidBy } = fields;
  const link = fields.link && readLink(fields.link);
  if (link) await mustBeNew(asked, link);
  const id = newId();
  const effects = await bring(
    asked,
    { kind, client, said: { text, saidBy, link: fields.link } },
    { id, day, elsewhere: 'feedback.keep-private' },
  );
  const { tx, tenant, now } = asked;
  const isFirst = !link || (await noteKept(tx, tenant, { link, client: client?.id, feedback: id, now }));
  // Somebody was a moment faster; only after waiting for him it is seen who.
  if (link && !isFirst) await mustBeNew(asked, link);
  return effects;
}

/** Throws when this message was kept before, with who did; of what whoever asks may not read nothing is told. */
async function mustBeNew(asked: Asked, link: string): Promise<void> {
  for (const id of await keptFrom(asked.tx, asked.tenant, link)) {
    const kept = await readable(asked, id);
    if (!kept) continue;
    const { one, client } = kept;
    const voice = readers(asked);
    const day = sayDay(one.at, voice.language, voice.timeZone);
    const values = { name: one.by.name, day, what: titleOf(one, client, voice) };
    const buttons = [{ press: 'feedback.show', subject: one.id, label: asked.say('feedback.show') }];
    throw new Refusal('error.feedback-kept', values, { field: 'link', buttons });
  }
}

function todayOf({ now, person }: Asked): Temporal.PlainDate {
  return now.toZonedDateTimeISO(person.timeZone).toPlainDate();
}

function min(one: Temporal.PlainDate, other: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(one, other) < 0 ? one : other;
}
