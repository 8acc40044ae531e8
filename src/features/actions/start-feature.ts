import type { Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import type { Form } from '../../chat/form.ts';
import { plain } from '../../chat/grammar.ts';
import { Refusal, refusedIn } from '../../chat/refusal.ts';
import { requiredText, typedText } from '../../chat/typed-text.ts';
import { readers } from '../../chat/voice.ts';
import { newId } from '../../store/id.ts';
import { proposeActions } from '../../text/proposals.ts';
import type { Action as Entry } from '../../text/satisfaction.ts';
import { noonOf, sayDay } from '../../text/when.ts';
import { helpersOf } from '../clients/access-store.ts';
import type { Client, Colleague } from '../clients/clients.ts';
import { holdClient } from '../clients/store.ts';
import { voiceOf } from '../clients/voice-store.ts';
import { seenOf } from '../kti/current-store.ts';
import type { Kti } from '../kti/kti.ts';
import { me, type Pressed, type Sent, shown, todayOf } from './access-feature.ts';
import { type Action, limits } from './actions.ts';
import type { Asking } from './asking-rules.ts';
import { actionCard, showButton } from './cards.ts';
import { entryOf, titleOf, whomOf } from './catalogue-rules.ts';
import { readDue } from './due-rules.ts';
import { own, startForm } from './form-cards.ts';
import { ownWordsForm } from './own-cards.ts';
import { askingOf, ktiToRaise } from './standing-feature.ts';
import { addAction, openFor } from './store.ts';

/** An action begins: for which KTI, who, until when, and how the client will notice it. */

/** The form: `KTI`, or `KTI.ENTRY` with one of the catalogue, or `KTI.own`; then the ones that were proposed where it was pressed. */
export async function startAsked(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  const [id = '', chosen, ...seen] = subject.split('.');
  const { kti, client } = await ktiToRaise(asked, id);
  const entry = entryOf(chosen);
  const open = await openFor(asked.tx, asked.tenant, kti);
  const there = open.find(({ catalogue }) => entry !== undefined && catalogue === entry.id);
  if (there) throw running(asked, there);
  const busy = open.flatMap(({ catalogue }) => catalogue ?? []);
  const but = [...(entry ? [entry.id] : []), ...busy];
  const read = seen.flatMap((name) => (but.includes(name) ? [] : (entryOf(name) ?? [])));
  const proposed = read.length > 0 ? read : proposeActions(kti.kind, but, 0);
  const entries = [...(entry ? [entry] : []), ...proposed].slice(0, 3);
  return [{ do: 'ask', form: await formFor(asked, { kti, client, entries, chosen }), alone: true }];
}

type About = { kti: Kti; client: Client; entries: Entry[]; chosen?: string | undefined };

async function formFor(asked: Asked, { kti, client, entries, chosen }: About): Promise<Form> {
  const known = chosen === own ? own : entryOf(chosen)?.id;
  const about = { kti, client, entries, chosen: known, ...(await doersOf(asked, client)) };
  return startForm(about, readers(asked));
}

/** Who can do it. Throws a Refusal when there is nobody. */
async function doersOf(asked: Asked, client: Client): Promise<{ people: Colleague[]; me: string }> {
  const people = await helpersOf(asked, client);
  if (people.length > 0) return { people, me: asked.person.id };
  const buttons = [{ press: 'clients.show', subject: client.id, label: asked.say('clients.to-dossier') }];
  throw new Refusal('error.actions-nobody', { client: client.name }, { buttons });
}

/** The form for one in own words, for any of what the client graded. */
export async function ownForm(asked: Asked, client: Client, all: Asking[], title?: string): Promise<Form> {
  return ownWordsForm({ client, all, title, ...(await doersOf(asked, client)) }, readers(asked));
}

/** That form was sent. */
export async function ownStarted(asked: Asked, { fields }: Sent): Promise<Effect[]> {
  const { client } = await ktiToRaise(asked, fields.kti ?? '');
  const again = async () => ownForm(asked, client, await askingOf(asked, client));
  return begin(asked, fields.kti ?? '', { ...fields, action: own }, again);
}

/** The form was sent: it is under way, and whoever else is to do it hears so. */
export async function started(asked: Asked, { subject, fields }: Sent): Promise<Effect[]> {
  const [id = '', ...names] = subject.split('.');
  return begin(asked, id, fields, ({ kti, client }) => {
    const entries = names.flatMap((name) => entryOf(name) ?? []);
    return formFor(asked, { kti, client, entries });
  });
}

/** `again`: the form that was sent, to be given back when something of it is wrong. */
async function begin(
  asked: Asked,
  id: string,
  fields: Record<string, string>,
  again: (about: { kti: Kti; client: Client }) => Promise<Form>,
): Promise<Effect[]> {
  const { kti, client } = await ktiToRaise(asked, id);
  try {
    // Held, so that of two who start the same at the same moment one hears that it has begun.
    await holdClient(asked.tx, asked.tenant, client.id);
    const one = await readIn(asked, { kti, client }, fields);
    const there = await sameOpen(asked, kti, one);
    if (there && isTwice(one, there)) return await shown(asked, { one: there, client, kti });
    if (there) throw running(asked, there);
    await addAction(asked.tx, asked, one);
    const title = asked.say('actions.started');
    return [
      ...(await shown(asked, { one, client, kti }, { title })),
      ...(await tellOwner(asked, { one, client, kti })),
    ];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw refusedIn(await again({ kti, client }), fields, error);
  }
}

async function readIn(
  asked: Asked,
  { kti, client }: { kti: Kti; client: Client },
  fields: Record<string, string>,
): Promise<Action> {
  const { language } = asked.person;
  const entry = entryOf(fields.action);
  if (!entry && fields.action !== own) throw new Refusal('error.actions-which', {}, { field: 'action' });
  const words = typedText(fields.title, { most: limits.title, field: 'title' });
  const title = words ?? entry?.[language].title;
  if (title === undefined) throw new Refusal('error.actions-title', {}, { field: 'title' });
  const owner = await ownerIn(asked, client, fields.owner);
  const due = dueIn(asked, fields.due);
  const notice = requiredText(fields.notice, {
    ...{ most: limits.notice, field: 'notice' },
    empty: 'error.actions-notice',
  });
  const consulted = typedText(fields.consulted, { most: limits.consulted, field: 'consulted' });
  const whom = entry && whomOf(entry, language);
  if (whom && !consulted) throw new Refusal('error.actions-consult', { whom }, { field: 'consulted' });
  return {
    ...{ id: newId(), client: client.id, kti: kti.id, catalogue: entry?.id, title, owner, due, notice },
    ...{ consulted, state: 'open', startedBy: me(asked), startedAt: asked.now, revision: 1 },
    ...{ endedBy: undefined, doneAt: undefined, reason: undefined },
    ...{ shown: undefined, shownAt: undefined, shownNote: undefined },
  };
}

/** Who does it: of the client's team, or another colleague. */
export async function ownerIn(asked: Asked, client: Client, id: string | undefined): Promise<Colleague> {
  const owner = (await helpersOf(asked, client)).find((one) => one.id === id);
  if (!owner) throw new Refusal(id ? 'error.person-unknown' : 'error.actions-owner', {}, { field: 'owner' });
  return owner;
}

/** Until when, as it was typed. */
export function dueIn({ now, person }: Asked, text = ''): Temporal.PlainDate {
  const due = readDue(text, now, person.timeZone);
  if ('wrong' in due) throw new Refusal(`error.actions-day-${due.wrong}`, {}, { field: 'due' });
  return due.day;
}

/** An open one for what the KTI is about that is the same. */
async function sameOpen({ tx, tenant }: Asked, kti: Kti, one: Action): Promise<Action | undefined> {
  return (await openFor(tx, tenant, kti)).find(
    (other) =>
      plain(other.title) === plain(one.title) ||
      (one.catalogue !== undefined && other.catalogue === one.catalogue),
  );
}

/** A form that was sent twice starts nothing twice. */
function isTwice(one: Action, other: Action): boolean {
  return (
    one.startedBy.id === other.startedBy.id &&
    one.owner.id === other.owner.id &&
    one.notice === other.notice &&
    one.title === other.title &&
    one.due.equals(other.due)
  );
}

function running({ say, person }: Asked, one: Action): Refusal {
  const values = {
    ...{ title: titleOf(one, person.language), name: one.owner.name },
    day: sayDay(noonOf(one.due), person.language, 'UTC'),
  };
  return new Refusal('error.actions-running', values, { buttons: [showButton(one, say)] });
}

/** Whoever is to do it hears so, unless he started it himself. */
export async function tellOwner(
  asked: Asked,
  { one, client, kti }: { one: Action; client: Client; kti: Kti | undefined },
): Promise<Effect[]> {
  if (one.owner.id === asked.person.id) return [];
  const voice = await voiceOf(asked, one.owner.id);
  const title = voice.say('actions.yours', { name: asked.person.name });
  const [seen] = kti ? await seenOf(asked, client, one.owner.id, [kti]) : [];
  const view = {
    ...{ one, client, kti: seen, title, today: todayOf(asked), since: undefined },
    ...{ mayChange: true, mayTell: false },
  };
  const card = actionCard(view, voice);
  return [{ do: 'post', to: { person: one.owner.id }, card, audience: 'internal', resend: false }];
}
