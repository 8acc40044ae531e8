import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readers } from '../../chat/voice.ts';
import { clientOfPlace, relationOf } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { nameClient } from '../clients/naming-store.ts';
import { readClients } from '../clients/store.ts';
import { maySee } from '../expectations/expectations.ts';
import { expectationsOf, findExpectation } from '../expectations/store.ts';
import { readSaid } from './bring-feature.ts';
import { feedbackCard, listCard } from './cards.ts';
import { cheersFor } from './cheer-feature.ts';
import { countCheers } from './cheer-store.ts';
import { type Feedback, type Kind, limits, readDay, unnotedShare } from './feedback.ts';
import { detailsForm } from './form-cards.ts';
import { found, held, touchedBy } from './held-feature.ts';
import { changeFeedback, feedbackSince } from './store.ts';

type Pressed = { subject: string };

/** One as a card; whoever may not change it reads it. */
export async function show(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  const { one, client, mayChange } = await found(asked, subject);
  const touches = await touchedBy(asked, one, client);
  const cheers = await cheersFor(asked, one);
  return [answer(feedbackCard(one, client, { touches, mayChange, cheers }, readers(asked)), 'person')];
}

/** The form with all that can be said of it. */
export async function detailsAsked(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  const { one, client } = await held(asked, subject);
  const open = client ? await openFor(asked, client) : [];
  const { timeZone, language } = asked.person;
  const today = asked.now.toZonedDateTimeISO(timeZone).toPlainDate();
  return [{ do: 'ask', form: detailsForm(one, { open, today, language }, asked.say), alone: true }];
}

async function openFor(asked: Asked, client: Client): Promise<{ id: string; text: string }[]> {
  const { tx, tenant, person } = asked;
  const reader = { id: person.id, relation: await relationOf(asked, person, client) };
  const open = await expectationsOf(tx, tenant, client.id, { open: true });
  return open
    .filter((one) => maySee(one, reader, client))
    .map(({ id, wording }) => ({ id, text: wording.text }));
}

/** It was filled in. */
export async function detailsFilled(
  asked: Asked,
  { subject, fields }: { subject: string; fields: Record<string, string> },
): Promise<Effect[]> {
  const { one, client } = await held(asked, subject);
  const said = readSaid({ text: fields.text ?? '', saidBy: fields['said-by'], link: fields.link });
  const chosen = fields.expectation ?? 'none';
  const open = client ? await openFor(asked, client) : [];
  const expectation =
    open.find(({ id }) => id === chosen)?.id ?? (chosen === one.expectation ? chosen : undefined);
  if (!expectation && chosen !== 'none' && chosen !== 'unnoted')
    throw new Refusal('error.conversation-which', {}, { field: 'expectation' });
  const changed: Feedback = {
    ...one,
    ...said,
    day: dayOf(asked, fields.day) ?? one.day,
    expectation,
    unnoted: chosen === 'unnoted' || (await wasUnnoted(asked, one, expectation)),
  };
  const { person, now } = asked;
  const by = { id: person.id, name: person.name };
  const before = one.text === changed.text ? undefined : one.text;
  await changeFeedback(asked.tx, asked.tenant, changed, { happened: 'changed', by, now, text: before });
  const touches = await touchedBy(asked, changed, client);
  const shown = { touches, mayChange: true, cheers: await cheersFor(asked, changed) };
  return [answer(feedbackCard(changed, client, shown, readers(asked)), 'person')];
}

/** It stays about an expectation that nobody had noted, though that has been noted since. */
async function wasUnnoted(
  { tx, tenant }: Asked,
  { unnoted, at }: Feedback,
  expectation: string | undefined,
): Promise<boolean> {
  const noted = unnoted && expectation ? await findExpectation(tx, tenant, expectation) : undefined;
  return noted !== undefined && Temporal.Instant.compare(noted.notedAt, at) > 0;
}

/** A day of the form, not to come and not older than a year. */
function dayOf({ now, person }: Asked, typed: string | undefined): Temporal.PlainDate | undefined {
  const today = now.toZonedDateTimeISO(person.timeZone).toPlainDate();
  const day = readDay(typed, today);
  return day && Temporal.PlainDate.compare(day, today.subtract(limits.back)) >= 0 ? day : undefined;
}

/** Of the last so many days. */
const listed = { hours: 24 * 92 };

/** What was brought of a client, or of all that whoever asks may read of. */
export async function list(kind: Kind, asked: Asked, typed: string): Promise<Effect[]> {
  const { tx, tenant, now, say } = asked;
  const here = (await clientOfPlace(asked, asked.place.id))?.client;
  const client = typed.trim() === '' ? here : await nameClient(asked, typed);
  const clients = new Map((await readClients(tx, tenant)).map((one) => [one.id, one]));
  if (client) clients.set(client.id, client);
  const all: { one: Feedback; client: Client | undefined }[] = [];
  const since = now.subtract(listed);
  for (const one of await feedbackSince(tx, tenant, { since, kinds: [kind], client: client?.id })) {
    const of = one.client === undefined ? undefined : clients.get(one.client);
    const relation = of && (await relationOf(asked, asked.person, of));
    const mayRead = one.client === undefined || relation === 'team' || relation === 'colleague';
    if (mayRead) all.push({ one, client: of });
  }
  const ids = all.map(({ one }) => one.id);
  const cheers = kind === 'complaint' ? new Map<string, number>() : await countCheers(tx, tenant, ids);
  const counted = all.map((each) => ({ ...each, cheers: cheers.get(each.one.id) ?? 0 }));
  const values = { client: client?.name ?? '' };
  const title = say(client ? `feedback.list-${kind}-of` : `feedback.list-${kind}`, values);
  const none = say(`feedback.list-none-${kind}`);
  const share = kind === 'complaint' ? unnotedShare(all.map(({ one }) => one)) : undefined;
  const card = listCard(counted, { title, none, ...(share && { share }) }, readers(asked));
  return [answer(card, 'person')];
}
