import type { Button } from '../../chat/card.ts';
import type { Effect } from '../../chat/effect.ts';
import type { Asked, Feature } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { mustWrite } from './access-store.ts';
import { doneCard, sureCard } from './cards.ts';
import type { Client } from './clients.ts';
import { mergeForm } from './form-cards.ts';
import { exists, manageButton } from './link-feature.ts';
import { linksInBoth, moveLinks } from './link-store.ts';
import {
  aboutPressed,
  aboutTyped,
  asking,
  clientById,
  clientOfForm,
  heldToChange,
  keep,
  someClients,
  told,
} from './meant-feature.ts';
import { movePeople } from './merge-store.ts';
import { archived as archivedAlready, nameClient } from './naming-store.ts';
import { addColleague } from './people-store.ts';
import { holdClient, isNameTaken, mergeInto } from './store.ts';
import { readPair } from './typing-rules.ts';

/** How a client ends: archived, which can be undone, or merged into another, which cannot. */

type Filled = { subject: string; fields: Record<string, string> };

/** `client archive [NAME]`: says what that means, and asks. */
export async function archiveTyped(asked: Asked, text: string): Promise<Effect[]> {
  return archiveOpened(asked, await nameClient(asked, text));
}

/** The same, from a button. */
export async function archiveAsked(asked: Asked, subject: string): Promise<Effect[]> {
  return archiveOpened(asked, await clientById(asked, subject));
}

async function archiveOpened(asked: Asked, meant: Client): Promise<Effect[]> {
  const { id: subject, name } = await heldToChange(asked, meant);
  const { say } = asked;
  const go = {
    press: 'clients.archive-now',
    subject,
    label: say('clients.archive-yes'),
    style: 'danger',
  } as const;
  const title = say('clients.archive-title', { client: name });
  return told(asked, sureCard(title, say('clients.archive-text'), go, back(asked, subject)));
}

/** Nothing is asked or nudged any more; everything is kept. */
export async function archived(asked: Asked, subject: string): Promise<Effect[]> {
  const client = await heldToChange(asked, await clientById(asked, subject));
  await keep(asked, { ...client, archived: true });
  const text = asked.say('clients.archived', { client: client.name });
  const back = { press: 'clients.restore', subject: client.id, label: asked.say('clients.restore') };
  const card = {
    summary: text,
    elements: [
      { kind: 'text' as const, text },
      { kind: 'buttons' as const, buttons: [back] },
    ],
  };
  return told(asked, card);
}

/** An archived one is a client again, as it was. */
export async function restored(asked: Asked, subject: string): Promise<Effect[]> {
  const { tx, tenant, say } = asked;
  const found = await clientById(asked, subject);
  await mustWrite(asked, found);
  const client = await holdClient(tx, tenant, found.id);
  if (!client?.archived) throw new Refusal('error.client-not-archived', { client: found.name });
  if (await isNameTaken(tx, tenant, client.name, client.id))
    throw await exists(asked, client.name, 'error.client-restore-name');
  await keep(asked, { ...client, archived: false });
  return told(asked, doneCard(say('clients.restored', { client: client.name }), client, say));
}

/** `client merge NAME: OTHER`; without the other a form. */
export async function mergeTyped(asked: Asked, text: string): Promise<Effect[]> {
  const pair = readPair(text);
  if (!pair) {
    const about = await aboutTyped(asked, text.replace(/:\s*$/, ''));
    return asking(asked, mergeForm(asked.say, about, await others(asked, about)));
  }
  return mergeOpened(asked, await nameClient(asked, pair.name), await nameClient(asked, pair.other));
}

/** The form, from a button. */
export async function mergeAsked(asked: Asked, subject: string): Promise<Effect[]> {
  const about = await aboutPressed(asked, subject);
  return asking(asked, mergeForm(asked.say, about, await others(asked, about)));
}

async function others(asked: Asked, about: { client: Client } | { clients: Client[] }): Promise<Client[]> {
  const all = await someClients(asked);
  const own = 'client' in about ? all.filter(({ id }) => id !== about.client.id) : all;
  if (all.length < 2) throw new Refusal('error.client-merge-alone');
  return own;
}

/** The form was sent. */
export async function mergeFilled(asked: Asked, { subject, fields }: Filled): Promise<Effect[]> {
  const { into } = fields;
  if (!into) throw new Refusal('error.form-incomplete', {}, { field: 'into' });
  const from = await clientOfForm(asked, subject, fields);
  return mergeOpened(asked, from, await clientOfForm(asked, '', { client: into }));
}

async function mergeOpened(asked: Asked, from: Client, to: Client): Promise<Effect[]> {
  await mayMerge(asked, from, to);
  const { say } = asked;
  const names = { from: from.name, to: to.name };
  const go = {
    press: 'clients.merge-now',
    subject: `${from.id}/${to.id}`,
    label: say('clients.merge-yes'),
    style: 'danger',
  } as const;
  const [title, text] = [say('clients.merge-title', names), say('clients.merge-text', names)];
  return told(asked, sureCard(title, text, go, back(asked, from.id)));
}

/** Nothing is done; the dossier says where one was. */
function back({ say }: Asked, subject: string): Button {
  return { press: 'clients.show', subject, label: say('settings.cancel') };
}

async function mayMerge(asked: Asked, from: Client, to: Client): Promise<void> {
  if (from.id === to.id) throw new Refusal('error.client-merge-self', { client: to.name }, { field: 'into' });
  for (const one of [from, to]) {
    await mustWrite(asked, one);
    if (one.archived) throw archivedAlready(asked, one);
  }
  const [both] = await linksInBoth(asked.tx, asked.tenant, from.id, to.id);
  if (!both) return;
  const names = { from: from.name, to: to.name };
  const buttons = [manageButton(asked, from), manageButton(asked, to)];
  throw new Refusal(`error.client-merge-${both}`, names, { field: 'into', buttons });
}

/** The first becomes a part of the second, for every capability. */
export function merged(features: Feature[]) {
  return async (asked: Asked, subject: string): Promise<Effect[]> => {
    const { tx, tenant, say } = asked;
    const [first = '', second = ''] = subject.split('/');
    // Held in one order: two who merge the same ones the other way round do not wait for each other.
    for (const id of [first, second].toSorted())
      if (!(await holdClient(tx, tenant, id))) throw new Refusal('error.client-gone');
    const [from, to] = [await clientById(asked, first), await clientById(asked, second)];
    await mayMerge(asked, from, to);
    const effects: Effect[] = [];
    for (const { merging } of features) effects.push(...((await merging?.(asked, from.id, to.id)) ?? []));
    await moveLinks(tx, tenant, from.id, to.id);
    await movePeople(tx, tenant, from.id, to.id);
    for (const one of [from.owner, from.manager])
      if (one && one.id !== to.owner.id) await addColleague(tx, tenant, to.id, one);
    for (const { merged } of features) await merged?.(tx, tenant, from.id, to.id);
    await mergeInto(tx, tenant, from.id, to.id);
    const text = say('clients.merged', { from: from.name, to: to.name });
    return [...effects, ...(await told(asked, doneCard(text, to, say)))];
  };
}
