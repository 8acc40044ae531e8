import { type Card, line } from '../../chat/card.ts';
import type { Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { shortened } from '../../chat/grammar.ts';
import { Refusal } from '../../chat/refusal.ts';
import { twice } from '../../chat/twice.ts';
import { requiredText } from '../../chat/typed-text.ts';
import { newId } from '../../store/id.ts';
import { holdPerson } from '../../store/people.ts';
import { clientOfPlace, mustRead } from '../clients/access-store.ts';
import { type Client, isSameName } from '../clients/clients.ts';
import { holdActive, matchNamed, mustNotRest } from '../clients/naming-store.ts';
import { findClient, readClients } from '../clients/store.ts';
import { readTyped } from '../feedback/feedback.ts';
import { me, type Pressed, type Sent, shown } from './access-feature.ts';
import { ideaForm } from './form-cards.ts';
import { type Improvement, limits } from './improvements.ts';
import { addImprovement, improvementsIn } from './store.ts';

/**
 * `idea TEXT`, or `idea NAME: TEXT`. A colon in the middle of an idea is none behind a name: only a client's name, or one
 * that was probably meant, is looked at.
 */
export async function typed(
  asked: Asked,
  { text: rest, colon }: { text: string; colon: boolean },
): Promise<Effect[]> {
  const here = (await clientOfPlace(asked, asked.place.id))?.client;
  const clients = await readClients(asked.tx, asked.tenant);
  const text = rest.trim();
  if (text === '') return ask({ client: here, clients }, asked);
  const read = colon ? { name: '', text } : readTyped(text);
  const match = read.name === '' ? undefined : await matchNamed(asked, clients, read.name);
  // The name alone: of this client, but nobody said what.
  if (match?.kind === 'one' && read.text === undefined && isSameName(match, read.name))
    return ask({ client: match.client, clients }, asked);
  if (!match || read.text === undefined) return bring(asked, here, read.text ?? text);
  if (match.kind === 'one') return bring(asked, match.client, read.text);
  if (match.kind === 'none') await mustNotRest(asked, read.name);
  if (match.kind === 'none' && !match.nearest) return bring(asked, here, text);
  const intro = asked.say('improvements.which-unknown', { name: shortened(read.name) });
  return ask({ clients, text: read.text, intro }, asked);
}

function ask(about: Parameters<typeof ideaForm>[0], { say }: Asked): Effect[] {
  return [{ do: 'ask', form: ideaForm(about, say), alone: true }];
}

/** The form, from a button: of the client that it names, or of this place's. */
export async function opened(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  const { tx, tenant, place } = asked;
  const client =
    subject === '' ? (await clientOfPlace(asked, place.id))?.client : await findClient(tx, tenant, subject);
  return ask({ client, clients: await readClients(tx, tenant) }, asked);
}

/** The form was sent. */
export async function filled(asked: Asked, { subject, fields }: Sent): Promise<Effect[]> {
  const id = subject || (fields.client ?? 'none');
  const client = id === 'none' ? undefined : await findClient(asked.tx, asked.tenant, id);
  if (!client && id !== 'none') throw new Refusal('error.client-gone', {}, { field: 'client' });
  return bring(asked, client, fields.text ?? '');
}

async function bring(asked: Asked, client: Client | undefined, typed: string): Promise<Effect[]> {
  if (client) await mustRead(asked, client);
  const { tx, now, place } = asked;
  // Of two that come at the same moment, one waits for the other, and sees it; so it does when another archives or merges it.
  if (client) await holdActive(asked, client);
  else await holdPerson(tx, asked.platform, asked.tenant, asked.person.id);
  const text = requiredText(typed, { most: limits.text, field: 'text', empty: 'error.improvements-text' });
  const one: Improvement = {
    ...{ id: newId(), client: client?.id, text, maker: me(asked), revision: 1 },
    place: place.kind === 'channel' && !place.shared ? place.id : undefined,
    ...{ stage: 'idea', since: now, movedBy: me(asked), madeAt: now },
    ...{ expects: undefined, serves: undefined, tries: undefined, doers: [] },
    ...{ beganAt: undefined, poll: undefined, grading: undefined, helped: undefined, heard: undefined },
    ...{ reason: undefined, success: undefined, toldAt: undefined },
  };
  const before = await justBrought(asked, one);
  if (!before) await addImprovement(tx, asked, one);
  const title = asked.say('improvements.brought');
  const effects = await shown(asked, { one: before ?? one, client }, { title });
  return place.shared ? effects.map((effect) => privately(asked, effect)) : effects;
}

/** The same that he brought a moment ago: a button was pressed twice. */
async function justBrought(
  { tx, tenant, now }: Asked,
  { client, maker, text }: Improvement,
): Promise<Improvement | undefined> {
  const lately = await improvementsIn(tx, tenant, { stages: ['idea'], client, since: now.subtract(twice) });
  return lately.find((one) => one.maker.id === maker.id && one.client === client && one.text === text);
}

/** In a channel that the client reads, what was typed there stays to be seen: that is said. */
function privately({ say }: Asked, effect: Effect): Effect {
  if (effect.do !== 'answer') return effect;
  const note: Card = line(say('improvements.private'));
  return { ...effect, card: { ...effect.card, elements: [...note.elements, ...effect.card.elements] } };
}
