import { z } from 'zod';
import type { Card } from '../../chat/card.ts';
import type { Form } from '../../chat/form.ts';
import { type Outgoing, SendError, type Sent } from '../../chat/platform.ts';
import type { Parts } from './client.ts';
import { reasonOf, toSendError } from './errors.ts';
import { renderHome } from './modal.ts';
import type { People } from './people.ts';
import type { Pictures } from './pictures.ts';
import type { Places } from './places.ts';
import { type Message, renderCard, withForm } from './render.ts';

type Whisper = {
  id: string;
  person: string;
  place?: string | undefined;
  card: Card;
  form?: Form | undefined;
};

export type Sending = {
  send(message: Outgoing): Promise<Sent>;
  /** A message for one person alone, where he spoke if that is possible, else in the direct conversation. */
  whisper(message: Whisper): Promise<Sent>;
  /** The direct conversation's channel id. */
  directChannel(person: string): Promise<string>;
};

const refSchema = z.object({ channel: z.string(), ts: z.string() });
type Ref = z.infer<typeof refSchema>;

/** Why an ephemeral message cannot reach a person who can still be written to alone. */
const notThere = new Set(['user_not_in_channel', 'not_in_channel', 'channel_not_found', 'is_archived']);

/** Everything that leaves for Slack. All of it throws SendError and nothing else, but `directChannel`. */
export function sending(parts: Parts, people: People, places: Places, pictures: Pictures): Sending {
  const { client, installation } = parts;

  async function directChannel(person: string): Promise<string> {
    const known = await people.known(person);
    if (known?.reference?.startsWith('D')) return known.reference;
    const opened = await client.conversations.open({ users: person }).catch((error) => {
      // Opened twice is opened once: what is written there has not been sent yet.
      throw toSendError(error, true);
    });
    const channel = opened.channel?.id;
    if (!channel) throw new SendError('later', 'no_direct_channel', { afterMs: 30_000 });
    await people.reachedAt(person, channel);
    return channel;
  }

  async function sent(ref: Ref): Promise<Sent> {
    const { url } = await installation();
    return { ref: JSON.stringify(ref), link: `${url}archives/${ref.channel}/p${ref.ts.replace('.', '')}` };
  }

  async function post(channel: string, message: Message): Promise<Sent> {
    const quiet = { unfurl_links: false, unfurl_media: false };
    const answer = await client.chat.postMessage({ channel, ...message, ...quiet });
    return answer.ts ? sent({ channel: answer.channel ?? channel, ts: answer.ts }) : {};
  }

  async function update({ channel, ts }: Ref, message: Message): Promise<Sent> {
    await client.chat.update({ channel, ts, ...message });
    return sent({ channel, ts });
  }

  async function whisper({ id, person, place, card, form }: Whisper): Promise<Sent> {
    const shown = withForm(card, form);
    const alone = async () => directChannel(person);
    return pictures.with(id, shown, async (pictureOf) => {
      const message = renderCard(shown, pictureOf);
      if (!place || place.startsWith('D')) return post(await alone(), message);
      try {
        await client.chat.postEphemeral({ channel: place, user: person, ...message });
        return {};
      } catch (error) {
        if (!notThere.has(reasonOf(error) ?? '')) throw error;
        return post(await alone(), message);
      }
    });
  }

  async function deliver(message: Outgoing): Promise<Sent> {
    await refuseInternal(message);
    const { id, kind, place, person } = message;
    if (kind === 'whisper') return whisper({ ...message, person: required(person, 'person') });
    const card = withForm(message.card, message.form);
    if (kind === 'home') return publish(id, required(person, 'person'), card);
    const ref = kind === 'update' ? readRef(required(message.ref, 'ref')) : undefined;
    const channel = ref ? ref.channel : (place ?? (await directChannel(required(person, 'place'))));
    return pictures.with(id, card, (pictureOf) => {
      const rendered = renderCard(card, pictureOf);
      return ref ? update(ref, rendered) : post(channel, rendered);
    });
  }

  async function publish(id: string, person: string, card: Card): Promise<Sent> {
    return pictures.with(id, card, async (pictureOf) => {
      await client.views.publish({ user_id: person, view: renderHome(card, pictureOf) });
      return {};
    });
  }

  /** The last guard: whatever was decided when the message was made, the channel may be shared by now. */
  async function refuseInternal({ audience, kind, place, person, ref }: Outgoing): Promise<void> {
    if (audience !== 'internal') return;
    const channel = kind === 'update' && ref ? readRef(ref).channel : kind === 'post' ? place : undefined;
    const isChannel = channel !== undefined && !channel.startsWith('D');
    const outside = isChannel ? await places.isShared(channel) : await isOutsider(person);
    if (outside === undefined) throw new SendError('later', 'unknown_readers', { afterMs: 30_000 });
    if (outside)
      throw new SendError('never', isChannel ? 'internal_in_shared_channel' : 'internal_to_outsider');
  }

  async function isOutsider(person: string | undefined): Promise<boolean | undefined> {
    return person === undefined ? undefined : (await people.known(person))?.outsider;
  }

  return {
    async send(message) {
      const repeatable = message.kind === 'update' || message.kind === 'home';
      try {
        return await deliver(message);
      } catch (error) {
        throw toSendError(error, repeatable);
      }
    },
    async whisper(message) {
      try {
        return await whisper(message);
      } catch (error) {
        throw toSendError(error, false);
      }
    },
    directChannel,
  };
}

function readRef(ref: string): Ref {
  try {
    return refSchema.parse(JSON.parse(ref));
  } catch (cause) {
    throw new SendError('never', 'unreadable_ref', { cause });
  }
}

function required(value: string | undefined, name: string): string {
  if (value === undefined) throw new SendError('never', `without_${name}`);
  return value;
}
