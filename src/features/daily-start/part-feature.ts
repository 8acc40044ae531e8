import { type Card, line } from '../../chat/card.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import type { Form } from '../../chat/form.ts';
import { Refusal } from '../../chat/refusal.ts';
import { requiredText } from '../../chat/typed-text.ts';
import { readers } from '../../chat/voice.ts';
import { newId } from '../../store/id.ts';
import type { Client, Colleague } from '../clients/clients.ts';
import { readClients } from '../clients/store.ts';
import { addLate, summarised } from './closing-feature.ts';
import { type Deed, limits, moods, type Start } from './daily-start.ts';
import { addDeed, deedsOf, dropDeed, findDeed, finishDeed, openDeeds } from './deed-store.ts';
import { deedForm, deedsCard, learnForm } from './form-cards.ts';
import { dayOf, workingDays } from './schedule-rules.ts';
import { held, heldOpen, renewed, waysOf } from './standing-feature.ts';
import { addLearned, learnedIn, openIn, takePart } from './store.ts';
import { teamIn } from './team-store.ts';

type Pressed = { subject: string };
type Sent = Pressed & { fields: Record<string, string> };

/** How feedback is brought: by its own form, and as it is kept wherever it comes from. */
export type Bringing = {
  form(kind: 'complaint' | 'compliment', about: { clients: Client[] }, say: Asked['say']): Form;
  keep(kind: 'complaint' | 'compliment', asked: Asked, fields: Record<string, string>): Promise<Effect[]>;
};

/** Complaints and compliments that somebody brings in the morning. */
export function bringing(kind: 'complaint' | 'compliment', feedback: Bringing) {
  return {
    async asked(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
      const start = await heldOpen(asked, subject);
      const { clients } = await teamIn(asked, start.place);
      const theirs = new Set(clients.map(({ id }) => id));
      const others = (await readClients(asked.tx, asked.tenant)).filter(({ id }) => !theirs.has(id));
      const all = [...clients, ...others];
      if (all.length === 0) {
        const buttons = [{ press: 'clients.add', label: asked.say('clients.add-first') }];
        throw new Refusal('error.client-none-yet', {}, { buttons });
      }
      const form = feedback.form(kind, { clients: all }, asked.say);
      return [{ do: 'ask', form: { ...form, name: `daily-start.${kind}`, subject }, alone: true }];
    },
    /** What was typed is kept even when it is over by now. */
    async filled(asked: Asked, { subject, fields }: Sent): Promise<Effect[]> {
      const start = await held(asked, subject);
      const kept = await feedback.keep(kind, asked, fields);
      await takePart(asked.tx, asked.tenant, start.id, whoOf(asked));
      const now = start.closedAt ? await addLate(asked, start, asked.person.id) : start;
      return [...kept, ...(await changed(asked, now))];
    },
  };
}

/** Its card, open or over, says what it says now. */
async function changed(asked: Asked, start: Start): Promise<Effect[]> {
  return start.closedAt ? summarised(asked, start) : [await renewed(asked, start)];
}

function whoOf({ person }: Asked): Colleague {
  return { id: person.id, name: person.name };
}

/** He was there, and has nothing to tell. */
export async function nothing(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  const start = await heldOpen(asked, subject);
  await takePart(asked.tx, asked.tenant, start.id, whoOf(asked));
  return [await renewed(asked, start)];
}

/** How he thinks the team stands; what he pressed last counts. */
export async function mood(
  asked: Asked,
  { subject, detail }: Pressed & { detail: string },
): Promise<Effect[]> {
  const start = await heldOpen(asked, subject);
  const given = Number(detail);
  if (!Number.isInteger(given) || given < moods.from || given > moods.to)
    throw new Refusal('error.button-unknown');
  await takePart(asked.tx, asked.tenant, start.id, whoOf(asked), given);
  return [await renewed(asked, start)];
}

/** Asks what the team learned. */
export async function learnAsked(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  return [{ do: 'ask', form: learnForm(await held(asked, subject), asked.say), alone: true }];
}

/** The team learned something: it stands in the summary. */
export async function learnFilled(asked: Asked, { subject, fields }: Sent): Promise<Effect[]> {
  const start = await held(asked, subject);
  const text = textOf(fields.text, 'text');
  const by = whoOf(asked);
  // A button that was pressed twice adds nothing twice.
  const isKnown = (await learnedIn(asked.tx, asked.tenant, start.id)).some(
    (one) => one.text === text && one.by.id === by.id,
  );
  if (!isKnown) await addLearned(asked.tx, asked.tenant, start.id, { text, by });
  return [answer(line(asked.say('daily-start.learned-kept')), 'person'), ...(await changed(asked, start))];
}

function textOf(typed: string | undefined, field: string): string {
  return requiredText(typed, { most: limits.text, field, empty: 'error.daily-start-text' });
}

/** Asks who does what until when. */
export async function deedAsked(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  const start = await held(asked, subject);
  const { people } = await teamIn(asked, start.place);
  const about = {
    people: bothOf(people, whoOf(asked)),
    days: await daysOf(asked, start.place),
    me: asked.person.id,
  };
  return [{ do: 'ask', form: deedForm(start, about, readers(asked)), alone: true }];
}

function bothOf(people: Colleague[], one: Colleague): Colleague[] {
  return people.some(({ id }) => id === one.id) ? people : [one, ...people];
}

async function daysOf(asked: Asked, place: string): Promise<Temporal.PlainDate[]> {
  const { timeZone, country } = await waysOf(asked, place);
  return workingDays(dayOf(asked.now, timeZone), country, limits.ahead);
}

/** Somebody does something until a day: it stands in the summary, and in each daily start until it is done. */
export async function deedFilled(asked: Asked, { subject, fields }: Sent): Promise<Effect[]> {
  const start = await held(asked, subject);
  const { tx } = asked;
  const { people } = await teamIn(asked, start.place);
  const owner = bothOf(people, whoOf(asked)).find(({ id }) => id === fields.person);
  if (!owner) throw new Refusal('error.person-unknown', {}, { field: 'person' });
  const until = (await daysOf(asked, start.place)).find((day) => day.toString() === fields.until);
  if (!until) throw new Refusal('error.daily-start-day', {}, { field: 'until' });
  const what = textOf(fields.what, 'what');
  const deed: Deed = {
    ...{ id: newId(), start: start.id, place: start.place },
    ...{ what, owner, until, doneAt: undefined },
  };
  // A button that was pressed twice takes nothing on twice.
  const isKnown = (await deedsOf(tx, asked, start.id)).some(
    (one) => one.what === what && one.owner.id === owner.id && one.until.equals(until) && !one.doneAt,
  );
  if (!isKnown) await addDeed(tx, asked, deed);
  const text = asked.say('daily-start.deed-kept', { name: owner.name });
  return [answer(line(text), 'person'), ...(await changed(asked, start))];
}

/** All that people of this channel took upon themselves and did not do yet. */
export async function deedsAsked(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  const start = await held(asked, subject);
  return [answer(await listOf(asked, start.place), 'person')];
}

async function listOf(asked: Asked, place: string): Promise<Card> {
  return deedsCard(await openDeeds(asked.tx, asked, place), asked.now, readers(asked));
}

/** What was taken on is done, or is not going to be. Who presses is of that channel; whoever does it, it is so. */
export function ended(how: 'done' | 'drop') {
  return async (asked: Asked, { subject }: Pressed): Promise<Effect[]> => {
    const { tx, tenant, now } = asked;
    const deed = await findDeed(tx, asked, subject);
    if (!deed) throw new Refusal('error.daily-start-gone');
    const start = await held(asked, deed.start);
    if (deed.doneAt) throw new Refusal('error.daily-start-done');
    await (how === 'done' ? finishDeed(tx, tenant, deed.id, now) : dropDeed(tx, tenant, deed.id));
    const open = await openIn(tx, asked, deed.place);
    return [
      answer(await listOf(asked, deed.place), 'person'),
      ...(open ? [await renewed(asked, open)] : []),
      ...(await summarised(asked, start)),
    ];
  };
}
