import { z } from 'zod';
import { line } from '../../chat/card.ts';
import { type Outgoing, type Platform, SendError, type Sent } from '../../chat/platform.ts';
import type { TeamsConfig } from '../../config.ts';
import { voice } from '../../text/say.ts';
import type { OutgoingActivity } from './adapter.ts';
import { sendErrorOf } from './errors.ts';
import { literal } from './escape.ts';
import { limits } from './limits.ts';

import { picturesOf } from './pictures.ts';
import { isShared } from './places.ts';
import { personReference, placeReference } from './references.ts';
import { renderAnswer } from './render.ts';
import type { World } from './scene.ts';
import { isPlayground } from './service-url.ts';

const refSchema = z.object({
  serviceUrl: z.string(),
  conversation: z.string(),
  activity: z.string(),
  place: z.string().optional(),
});

/** Where a message goes. `place`: it stands there for all to read; `channel`: as the start of a thread. */
type Target = {
  serviceUrl: string;
  conversation: string;
  place?: string;
  channel?: boolean;
  /** The thread where it was asked, when the answer goes elsewhere. */
  aside?: string | undefined;
};

/** Delivers one message, in one attempt. */
export function sender(world: World, config: TeamsConfig | 'sandbox'): Platform['send'] {
  return async (message) => {
    try {
      if (message.kind === 'home') throw new SendError('never', 'no_home');
      await guard(world, message);
      if (message.kind === 'update') return await update(world, message);
      const target = await targetOf(world, message);
      const sent = await post(world, config, message, target);
      if (message.kind === 'whisper' && target.aside) await sayWhere(world, message, target.aside);
      return sent;
    } catch (error) {
      throw sendErrorOf(error, message.kind === 'update' ? 'update' : 'post');
    }
  };
}

/** The second look at what the router decided: a place can have become shared since. */
async function guard(world: World, message: Outgoing): Promise<void> {
  const id = message.place ?? refOf(message)?.place;
  if (message.audience !== 'internal' || message.kind === 'whisper' || id === undefined) return;
  const place = await world.directory.place(message.tenant, id);
  if (!place || (await isShared(world, message.tenant, place)))
    throw new SendError('never', 'internal_in_shared_channel');
}

function refOf(message: Outgoing) {
  return message.ref === undefined ? undefined : refSchema.parse(JSON.parse(message.ref));
}

async function targetOf(world: World, message: Outgoing): Promise<Target> {
  if (message.kind === 'whisper') return whisperTarget(world, message);
  if (message.place !== undefined) return placeTarget(world, message.tenant, message.place);
  if (message.person !== undefined) return personTarget(world, message, message.person);
  throw new SendError('never', 'no_target');
}

/** In the thread where it was asked, or to the person alone when others there may not read it. */
async function whisperTarget(world: World, message: Outgoing): Promise<Target> {
  const { tenant, place: id, person, thread, audience } = message;
  const place = id === undefined ? undefined : await world.directory.place(tenant, id);
  const readable =
    audience === 'anyone' ||
    (audience === 'internal' && place !== undefined && !(await isShared(world, tenant, place)));
  const open = place !== undefined && readable;
  // In their own conversation it goes where it was asked: there is nothing to say of that.
  const aside = place?.kind === 'direct' ? undefined : thread;
  if (!open && person !== undefined)
    return { ...(await personTarget(world, message, person)), aside: place && aside };
  if (!place) throw new SendError('never', 'no_target');
  const target = await placeTarget(world, tenant, place.id);
  return { ...target, channel: false, ...(thread && { conversation: thread }) };
}

/** Whoever asked in a channel hears there that his answer went to him alone. As good as it goes: he has it already. */
async function sayWhere(world: World, { tenant, person, card }: Outgoing, thread: string): Promise<void> {
  try {
    const known = person === undefined ? undefined : await world.directory.person(tenant, person);
    const serviceUrl = personReference(known?.reference)?.serviceUrl;
    if (!serviceUrl) return;
    const text = voice(card.language ?? known?.language ?? world.language)('teams.answered-privately');
    const said = await activityOf(world, { card: line(text) });
    await world.gateway.send(serviceUrl, thread, said);
  } catch (error) {
    world.log.warn({ err: error }, 'Teams: could not say where an answer went');
  }
}

async function placeTarget(world: World, tenant: string, id: string): Promise<Target> {
  const place = await world.directory.place(tenant, id);
  const reference = placeReference(place?.reference);
  if (!place?.reachable || !reference) throw new SendError('never', 'place_not_reachable');
  return { serviceUrl: reference.serviceUrl, conversation: id, place: id, channel: reference.channel };
}

async function personTarget(world: World, message: Outgoing, id: string): Promise<Target> {
  const { tenant, audience } = message;
  const person = await world.directory.person(tenant, id);
  const reference = personReference(person?.reference);
  if (!person || !reference) throw new SendError('never', 'person_not_known');
  if (audience === 'internal' && person.outsider) throw new SendError('never', 'internal_to_outsider');
  const { serviceUrl, bot, user } = reference;
  // Nobody can look into it there: what was asked would never be seen, and the next way to ask is not taken.
  if (person.outsider && message.kind === 'post' && isPlayground(serviceUrl))
    throw new SendError('never', 'not_shown_in_playground');
  if (reference.conversation) return { serviceUrl, conversation: reference.conversation };
  const conversation = await world.gateway.openPersonal(serviceUrl, tenant, bot, user).catch((error) => {
    // Opened twice is opened once: what is written there has not been sent yet.
    throw sendErrorOf(error, 'update');
  });
  await world.directory.savePerson(tenant, {
    ...person,
    reference: JSON.stringify({ ...reference, conversation }),
  });
  return { serviceUrl, conversation };
}

async function post(
  world: World,
  config: TeamsConfig | 'sandbox',
  message: Outgoing,
  { serviceUrl, conversation, place, channel }: Target,
): Promise<Sent> {
  const said = await activityOf(world, message);
  const activity = await world.gateway.send(serviceUrl, conversation, said);
  if (activity === undefined) return {};
  const thread = channel ? `${conversation};messageid=${activity}` : conversation;
  const ref = JSON.stringify({ serviceUrl, conversation: thread, activity, place });
  if (!channel || config === 'sandbox') return { ref };
  const path = `${encodeURIComponent(conversation)}/${encodeURIComponent(activity)}`;
  return { ref, link: `https://teams.microsoft.com/l/message/${path}?tenantId=${config.tenantId}` };
}

async function update(world: World, message: Outgoing): Promise<Sent> {
  const ref = refOf(message);
  if (!ref) throw new SendError('never', 'no_ref');
  const said = await activityOf(world, message);
  await world.gateway.update(ref.serviceUrl, ref.conversation, ref.activity, said);
  return { ref: message.ref };
}

async function activityOf(
  { log }: World,
  { card, form }: Pick<Outgoing, 'card' | 'form'>,
): Promise<OutgoingActivity> {
  const content = renderAnswer(card, form, await picturesOf(card, log));
  return {
    type: 'message',
    // Never `text`: beside a card it becomes a message of its own, and no id comes back.
    summary: literal(card.summary, limits.summary),
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
  };
}
