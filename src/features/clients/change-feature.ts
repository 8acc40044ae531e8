import type { Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { languageOf } from '../../chat/request.ts';
import { mustWrite } from './access-store.ts';
import { doneCard } from './cards.ts';
import { type Client, type Colleague, limits } from './clients.ts';
import { changeForm, renameForm } from './form-cards.ts';
import { exists, named } from './link-feature.ts';
import {
  aboutPressed,
  aboutTyped,
  asking,
  clientById,
  clientOfForm,
  colleagues,
  heldToChange,
  keep,
  knownColleague,
  told,
} from './meant-feature.ts';
import { nameClient } from './naming-store.ts';
import { ownDomain } from './people-feature.ts';
import { readDomains, removeDomain } from './people-store.ts';
import { isNameTaken } from './store.ts';
import { listed, readDomain, readPair } from './typing-rules.ts';

type Filled = { subject: string; fields: Record<string, string> };

/** `client change [NAME]`: the form. */
export async function changeTyped(asked: Asked, text: string): Promise<Effect[]> {
  return changeOpened(asked, await nameClient(asked, text));
}

/** The form, from a button. */
export async function changeAsked(asked: Asked, subject: string): Promise<Effect[]> {
  return changeOpened(asked, await clientById(asked, subject));
}

async function changeOpened(asked: Asked, client: Client): Promise<Effect[]> {
  await mustWrite(asked, client);
  const domains = await readDomains(asked.tx, asked.tenant, client.id);
  return asking(asked, changeForm(asked.say, client, domains, await colleagues(asked)));
}

/** The form was sent. */
export async function changeFilled(asked: Asked, { subject, fields }: Filled): Promise<Effect[]> {
  const before = await heldToChange(asked, await clientById(asked, subject));
  const after: Client = {
    ...before,
    name: await freeName(asked, before, fields.name ?? ''),
    rhythmDays: rhythmOf(fields.rhythm ?? ''),
    knowsNeed: fields.need === 'yes' ? true : fields.need === 'no' ? false : undefined,
    language: languageOf(fields.language),
    manager: await managerOf(asked, before, fields.manager),
  };
  await keep(asked, after);
  await keepDomains(asked, before, listed(fields.domains ?? ''));
  const text = asked.say('clients.changed', { client: after.name });
  return told(asked, doneCard(text, after, asked.say));
}

async function freeName(asked: Asked, { id }: Client, typed: string): Promise<string> {
  const name = named(typed);
  if (await isNameTaken(asked.tx, asked.tenant, name, id)) throw await exists(asked, name);
  return name;
}

function rhythmOf(typed: string): number {
  const { from, to } = limits.rhythmDays;
  const days = /^\d{1,3}$/.test(typed.trim()) ? Number(typed) : 0;
  if (days < from || days > to) throw new Refusal('error.client-rhythm', { from, to }, { field: 'rhythm' });
  return days;
}

async function managerOf(
  asked: Asked,
  { manager }: Client,
  id: string | undefined,
): Promise<Colleague | undefined> {
  if (id === 'none') return undefined;
  if (id === undefined || id === manager?.id) return manager;
  return knownColleague(asked, id);
}

async function keepDomains(asked: Asked, client: Client, typed: string[]): Promise<void> {
  const { tx, tenant } = asked;
  const before = new Set(await readDomains(tx, tenant, client.id));
  const after = new Set<string>();
  for (const one of typed) {
    const read = readDomain(one);
    const had = typeof read === 'object' && (before.has(read.domain) || after.has(read.domain));
    after.add(had ? read.domain : await ownDomain(asked, client, one, 'domains'));
  }
  for (const gone of before.difference(after)) await removeDomain(tx, tenant, client.id, gone);
}

/** Whether the client knows its own need, by the dossier's button. */
export async function needPressed(asked: Asked, subject: string, detail: string): Promise<Effect[]> {
  const client = await heldToChange(asked, await clientById(asked, subject));
  if (detail !== 'yes' && detail !== 'no') throw new Refusal('error.button-unknown');
  await keep(asked, { ...client, knowsNeed: detail === 'yes' });
  const text = asked.say('clients.changed', { client: client.name });
  return told(asked, doneCard(text, client, asked.say));
}

/** `client rename NAME: NEW`; without the new one a form. */
export async function renameTyped(asked: Asked, text: string): Promise<Effect[]> {
  const pair = readPair(text);
  if (pair) return renamed(asked, await nameClient(asked, pair.name), pair.other);
  return asking(asked, renameForm(asked.say, await aboutTyped(asked, text.replace(/:\s*$/, ''))));
}

/** The form, from a button. */
export async function renameAsked(asked: Asked, subject: string): Promise<Effect[]> {
  return asking(asked, renameForm(asked.say, await aboutPressed(asked, subject)));
}

/** The form was sent. */
export async function renameFilled(asked: Asked, { subject, fields }: Filled): Promise<Effect[]> {
  return renamed(asked, await clientOfForm(asked, subject, fields), fields.name ?? '');
}

async function renamed(asked: Asked, meant: Client, typed: string): Promise<Effect[]> {
  const before = await heldToChange(asked, meant);
  const after: Client = { ...before, name: await freeName(asked, before, typed) };
  await keep(asked, after);
  const text = asked.say('clients.renamed', { before: before.name, client: after.name });
  return told(asked, doneCard(text, after, asked.say));
}
