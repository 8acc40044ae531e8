import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import type { Form } from '../../chat/form.ts';
import { Refusal, refusedIn } from '../../chat/refusal.ts';
import { readers } from '../../chat/voice.ts';
import { relationOf } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { maySee, parted } from '../expectations/expectations.ts';
import { expectationsOf, findExpectation } from '../expectations/store.ts';
import { readSaid } from './bring-feature.ts';
import { feedbackCard } from './cards.ts';
import { cheersFor } from './cheer-feature.ts';
import { type Feedback, limits, readDay } from './feedback.ts';
import { detailsForm } from './form-cards.ts';
import { found, type Held, held, touchedBy } from './held-feature.ts';
import { changeFeedback, changesOf } from './store.ts';

type Pressed = { subject: string };
type Sent = Pressed & { fields: Record<string, string> };

/** One as a card; whoever may not change it reads it. */
export async function show(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  const { one, client, mayChange } = await found(asked, subject);
  const touches = await touchedBy(asked, one, client);
  const cheers = await cheersFor(asked, one);
  return [answer(feedbackCard(one, client, { touches, mayChange, cheers }, readers(asked)), 'person')];
}

/** The form with all that can be said of it. */
export async function detailsAsked(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  return [{ do: 'ask', form: await formFor(asked, await held(asked, parted(subject)[0])), alone: true }];
}

async function formFor(asked: Asked, { one, client }: Held): Promise<Form> {
  const open = client ? await openFor(asked, client) : [];
  const { timeZone, language } = asked.person;
  const today = asked.now.toZonedDateTimeISO(timeZone).toPlainDate();
  const seen = (await changesOf(asked.tx, asked.tenant, one.id)).length;
  return detailsForm(one, { open, today, language, seen }, asked.say);
}

/** What another changed while its form stood open is not written over unseen: it comes again, below what is kept now. */
async function mustBeSeen(asked: Asked, it: Held, seen: string, fields: Sent['fields']): Promise<void> {
  const since = seen === '' ? [] : (await changesOf(asked.tx, asked.tenant, it.one.id)).slice(Number(seen));
  const other = since.findLast(({ id }) => id !== asked.person.id);
  if (!other) return;
  const touches = await touchedBy(asked, it.one, it.client);
  const { elements } = feedbackCard(it.one, it.client, { touches, mayChange: false }, readers(asked));
  const intro = elements.filter(({ kind }) => kind === 'quote' || kind === 'facts');
  const form = { ...(await formFor(asked, it)), intro };
  throw refusedIn(form, fields, new Refusal('error.feedback-changed', { name: other.name }));
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
export async function detailsFilled(asked: Asked, { subject, fields }: Sent): Promise<Effect[]> {
  const [id, seen = ''] = parted(subject);
  const { one, client } = await held(asked, id);
  await mustBeSeen(asked, { one, client }, seen, fields);
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
