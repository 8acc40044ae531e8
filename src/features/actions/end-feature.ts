import type { Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal, refusedIn } from '../../chat/refusal.ts';
import { requiredText, typedText } from '../../chat/typed-text.ts';
import { readers } from '../../chat/voice.ts';
import { noonOf, sayDay } from '../../text/when.ts';
import { helpersOf } from '../clients/access-store.ts';
import { parted } from '../expectations/expectations.ts';
import {
  type Found,
  found,
  held,
  heldDone,
  heldOpen,
  me,
  type Pressed,
  type Sent,
  shown,
} from './access-feature.ts';
import { limits } from './actions.ts';
import { showButton } from './cards.ts';
import { changeForm, dropForm, noteForm } from './form-cards.ts';
import { dueIn, ownerIn, tellOwner } from './start-feature.ts';
import { changeAction } from './store.ts';

/** What becomes of an action: another owner or day, done, dropped; and whether the client saw it. */

/** One as a card, with what one can do with it. */
export async function show(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  return shown(asked, await found(asked, subject));
}

/** It is done; was it shown to the client? */
export async function done(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  const it = await heldOpen(asked, subject);
  const { tx, tenant, now, say } = asked;
  const one = { ...it.one, state: 'done' as const, doneAt: now, endedBy: me(asked) };
  await changeAction(tx, tenant, one);
  const note = say('actions.done-then', { client: it.client.name });
  return shown(asked, { ...it, one }, { title: say('actions.done-title'), note });
}

/** It is open again: done was pressed by mistake, or there is more to do. */
export async function reopen(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  const it = await held(asked, subject);
  const open = { buttons: [showButton(it.one, asked.say)] };
  if (it.one.state === 'open') throw new Refusal('error.actions-open', {}, open);
  if (it.one.shown === 'told') throw new Refusal('error.actions-told', { client: it.client.name }, open);
  const one = {
    ...{ ...it.one, state: 'open' as const, doneAt: undefined, endedBy: undefined, reason: undefined },
    ...{ shown: undefined, shownAt: undefined, shownNote: undefined },
  };
  await changeAction(asked.tx, asked.tenant, one);
  return shown(asked, { ...it, one }, { title: asked.say('actions.reopened') });
}

/** Asks for another owner or day. */
export async function changeAsked(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  return [{ do: 'ask', form: await changeFormFor(asked, await heldOpen(asked, subject)), alone: true }];
}

async function changeFormFor(asked: Asked, { one, client }: Found) {
  return changeForm(one, await helpersOf(asked, client), readers(asked));
}

/** Another owner or day; who is to do it from now on hears so. */
export async function changed(asked: Asked, { subject, fields }: Sent): Promise<Effect[]> {
  const [id, seen] = parted(subject);
  const it = await heldOpen(asked, id);
  const { language } = asked.person;
  try {
    if (seen !== `${it.one.revision}`) {
      const day = sayDay(noonOf(it.one.due), language, 'UTC');
      throw new Refusal('error.actions-changed', { name: it.one.owner.name, day });
    }
    const isSame = fields.owner === it.one.owner.id;
    const owner = isSame ? it.one.owner : await ownerIn(asked, it.client, fields.owner);
    // As it stood there it is meant, also when that day is past by now.
    const stood = sayDay(noonOf(it.one.due), language, 'UTC');
    const due = fields.due?.trim() === stood ? it.one.due : dueIn(asked, fields.due);
    const one = { ...it.one, owner, due, revision: it.one.revision + 1 };
    await changeAction(asked.tx, asked.tenant, one);
    const title = asked.say('actions.changed');
    return [
      ...(await shown(asked, { ...it, one }, { title })),
      ...(isSame ? [] : await tellOwner(asked, { ...it, one })),
    ];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw refusedIn(await changeFormFor(asked, it), fields, error);
  }
}

/** Asks why nobody is going to do it. */
export async function dropAsked(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  const { one } = await heldOpen(asked, subject);
  return [{ do: 'ask', form: dropForm(one, readers(asked)), alone: true }];
}

/** Nobody is going to do it; the reason is kept. */
export async function dropped(asked: Asked, { subject, fields }: Sent): Promise<Effect[]> {
  const it = await heldOpen(asked, subject);
  const reason = requiredText(fields.reason, {
    ...{ most: limits.reason, field: 'reason' },
    empty: 'error.actions-reason',
  });
  const one = { ...it.one, state: 'dropped' as const, reason, endedBy: me(asked) };
  await changeAction(asked.tx, asked.tenant, one);
  return shown(asked, { ...it, one }, { title: asked.say('actions.dropped-title') });
}

type How = 'noticed' | 'not-yet';

/** Asks by what the client noticed it, or how he still will. */
export function noteAsked(how: How) {
  return async (asked: Asked, { subject }: Pressed): Promise<Effect[]> => {
    const { one, client } = await heldUnseen(asked, subject);
    return [{ do: 'ask', form: noteForm(one, how, client, readers(asked)), alone: true }];
  };
}

/** The client noticed it by himself, or not yet. */
export function noted(how: How) {
  return async (asked: Asked, { subject, fields }: Sent): Promise<Effect[]> => {
    const it = await heldUnseen(asked, subject);
    const asking = { most: limits.note, field: 'note' };
    const shownNote =
      how === 'noticed'
        ? typedText(fields.note, asking)
        : requiredText(fields.note, { ...asking, empty: 'error.actions-note' });
    const shownAt = how === 'noticed' ? asked.now : undefined;
    const one = { ...it.one, shown: how, shownAt, shownNote };
    await changeAction(asked.tx, asked.tenant, one);
    return shown(asked, { ...it, one }, { title: asked.say('actions.noted') });
  };
}

/** A done one that the client was not told of. */
export async function heldUnseen(asked: Asked, id: string): Promise<Found> {
  const it = await heldDone(asked, id);
  if (it.one.shown !== 'told') return it;
  const buttons = [showButton(it.one, asked.say)];
  throw new Refusal('error.actions-told', { client: it.client.name }, { buttons });
}
