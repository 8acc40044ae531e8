import type { Hear } from '../../chat/platform.ts';
import type { EventName, Person, Place, Request, Returns, What } from '../../chat/request.ts';
import type { Acks, Answering } from './answer.ts';
import type { ChannelEvent } from './channel-events.ts';
import type { Parts } from './client.ts';
import { readMarkup, unnamed, withoutMention } from './markup.ts';
import { pickedFrom } from './message.ts';
import type { Said } from './parse.ts';
import { patience, type Soon } from './patience.ts';
import type { People } from './people.ts';
import type { Places } from './places.ts';
import type { Sending } from './send.ts';

export type Hearing = {
  /** What a person said or pressed. Rejects when it could not be stored. */
  said(said: Said | undefined, acks: Acks): Promise<void>;
  joined(event: ChannelEvent): Promise<void>;
  left(event: ChannelEvent): Promise<void>;
  /** The channel was archived: nobody writes there. */
  closed(event: ChannelEvent): Promise<void>;
  /** The channel was shared, unshared or taken out of the archive. */
  changed(event: ChannelEvent): Promise<void>;
};

type HearingParts = Parts & {
  hear: Hear;
  people: People;
  places: Places;
  sending: Sending;
  answer: Answering;
};

/** From what payloads say to requests, with who spoke and where; and what Belay learns on the way. */
export function hearing(parts: HearingParts): Hearing {
  const { hear, people, places, installation, log } = parts;

  /** One token serves one workspace: what was meant for another installation is not ours to answer. */
  async function isOurs(installed: string | undefined): Promise<boolean> {
    const { team, enterprise } = await installation();
    const ours = installed === undefined || installed === team || installed === enterprise;
    if (!ours) log.warn({ installed }, 'a request for another installation was left alone');
    return ours;
  }

  async function requestOf(said: Said): Promise<Request> {
    const { team } = await installation();
    const soon = patience();
    const person = await people.find(said.speaker, soon);
    const where = said.where ?? { id: await parts.sending.directChannel(person.id), direct: true };
    // Whom a poll asks is fixed when it is asked, by a command or a form. Nothing like that hangs on a press.
    const decides = said.what.kind !== 'press' && said.what.kind !== 'message';
    const [place, what] = await Promise.all([
      places.find({ ...where, decides }, person, soon),
      whatOf(said.what, soon),
    ]);
    return {
      key: said.key,
      platform: 'slack',
      tenant: team,
      person,
      place,
      what,
      returns: returnsOf(said, person),
    };
  }

  async function whatOf(what: Said['what'], soon: Soon): Promise<What> {
    if (what.kind === 'command') return command(what.raw);
    if (what.kind !== 'message') return what;
    return { ...what, message: await pickedFrom(parts, people, what.message, soon) };
  }

  async function command(raw: string): Promise<What> {
    const { botUser } = await installation();
    const said = withoutMention(raw, botUser);
    const named = await Promise.all(
      unnamed(said).map(async (id) => [id, (await people.known(id))?.name ?? id] as const),
    );
    return { kind: 'command', ...readMarkup(said, new Map(named)) };
  }

  async function happened(name: EventName, key: string, person: Person, place: Place): Promise<void> {
    const { team } = await installation();
    const what = { kind: 'event', name } as const;
    await hear({ key, platform: 'slack', tenant: team, person, place, what, returns: 'nothing' });
  }

  return {
    async said(said, acks) {
      if (!said) log.debug('something that is nothing for Belay was left alone');
      if (!said || !(await isOurs(said.installed))) return acks.plain();
      const request = await requestOf(said);
      const outcome = await hear(request);
      await parts.answer(outcome, { said, request, acks });
    },
    async joined(event) {
      if (!(await isOurs(event.installed))) return;
      const { botUser } = await installation();
      if (event.user !== botUser) {
        const person = event.user ? await people.find({ id: event.user, team: event.team }) : undefined;
        if (person?.outsider) await places.outsiderCame(event.channel);
        await places.refresh(event.channel);
        return;
      }
      const inviter = await people.find({ id: event.inviter ?? botUser });
      await happened('added', event.key, inviter, await places.refresh(event.channel));
    },
    async left(event) {
      if (!(await isOurs(event.installed))) return;
      const { botUser } = await installation();
      const itself = event.type !== 'member_left_channel' || event.user === botUser;
      if (!itself) {
        await places.refresh(event.channel);
        return;
      }
      const remover = await people.find({ id: event.actor_id ?? botUser });
      await happened('removed', event.key, remover, await places.closed(event.channel));
    },
    async closed(event) {
      if (await isOurs(event.installed)) await places.closed(event.channel);
    },
    async changed(event) {
      if (await isOurs(event.installed)) await places.refresh(event.channel);
    },
  };
}

function returnsOf({ what, trigger, inWindow }: Said, person: Person): Returns {
  // Beside a window a message would not be seen, and there may be no channel of Belay's where the picked one stands.
  if (what.kind === 'message') return 'form-first';
  if (what.kind === 'press') return person.outsider || inWindow ? 'form-first' : 'form';
  return what.kind === 'command' && trigger ? 'either' : 'nothing';
}
