import { createHmac, randomBytes } from 'node:crypto';
import type { Card, Element } from '../../chat/card.ts';
import type { Hear, Outcome, Platform } from '../../chat/platform.ts';
import type { Language, Person, Place, Request, What } from '../../chat/request.ts';
import { voice } from '../../text/say.ts';
import { dialogAnswer, dialogSays } from './dialog.ts';
import { literal } from './escape.ts';
import { isExtension } from './extension.ts';
import { limits } from './limits.ts';
import { type Account, type Activity, type Heard, isDirect, languageOf, read } from './parse.ts';
import { authorOf, makeAdmin, mentioned, speaker } from './people.ts';
import { picturesOf } from './pictures.ts';
import { arrive, leave, meetingPlace, placeAround, placeOf } from './places.ts';
import { renderAnswer, renderForm } from './render.ts';
import type { Scene, World } from './scene.ts';

export type HttpAnswer = { status: number; body?: object };

/** Handles verified activities: resolves when all that came of one is stored. */
export function hearing(world: World, hear: Hear, send: Platform['send'], language: Language) {
  return async (tenant: string, activity: Activity, raw: unknown): Promise<HttpAnswer> => {
    const scene = { ...world, tenant, activity };
    const heard = read(activity);
    const { from } = activity;
    if (heard.kind === 'place-changed' && !isDirect(activity)) await arrive(scene);
    if (heard.kind === 'place-gone') await leave(scene);
    if (heard.kind === 'ignored' && heard.unreadable)
      world.log.warn({ name: activity.name }, 'Teams: an event could not be read');
    if (heard.kind === 'ignored' && isExtension(activity)) return unexpected(world, activity, language);
    if (!isRequest(heard) || !from || from.id === activity.recipient.id) return { status: 200 };
    try {
      const person = await speaker(scene, from);
      const request = await requestOf(scene, { activity, raw, heard, from, person });
      const outcome = await hear(request);
      if (outcome.kind === 'nothing' && outcome.ignored)
        world.log.info({ reason: outcome.ignored, key: request.key }, 'Teams: nothing came of an event');
      if (isExtension(activity)) return { status: 200, body: await dialogAnswer(outcome, world.log) };
      if (activity.type === 'invoke') return { status: 200, body: await invokeAnswer(world, outcome) };
      if (outcome.kind === 'refused') await reply(world, send, request, outcome.card);
      return { status: 200 };
    } catch (error) {
      world.log.error({ err: error, key: keyOf(activity, raw) }, 'Teams: an activity was not handled');
      // An error asks for another delivery; of an invoke Teams would show nothing at all.
      if (activity.type !== 'invoke') return { status: 500 };
      return unexpected(world, activity, language);
    }
  };
}

function unexpected({ sandbox }: World, activity: Activity, language: Language): HttpAnswer {
  const text = voice((sandbox ? undefined : languageOf(activity)) ?? language)('error.unexpected');
  return { status: 200, body: isExtension(activity) ? dialogSays(text) : says(text) };
}

type RequestHeard = Extract<Heard, { kind: 'said' | 'meeting' | 'picked' | 'added' | 'removed' }>;
type Spoken = { activity: Activity; raw: unknown; heard: RequestHeard; from: Account; person: Person };

function isRequest(heard: Heard): heard is RequestHeard {
  return ['said', 'meeting', 'picked', 'added', 'removed'].includes(heard.kind);
}

async function requestOf(scene: Scene, spoken: Spoken): Promise<Request> {
  const { activity, heard } = spoken;
  const installs =
    activity.type === 'installationUpdate' && activity.conversation.conversationType === 'channel';
  // In a team only: anybody can install an app in a chat of his own, and would make himself administrator.
  const admin = heard.kind === 'added' && installs && (await makeAdmin(scene, spoken.from));
  const person = admin ? { ...spoken.person, admin: true } : spoken.person;
  return {
    key: heard.kind === 'meeting' ? meetingKey(activity, heard) : keyOf(activity, spoken.raw),
    platform: 'teams',
    tenant: scene.tenant,
    person,
    place: await whereOf(scene, { ...spoken, person }),
    what: await whatOf(scene, heard),
    returns: activity.type === 'invoke' ? 'card' : 'nothing',
    thread: activity.conversation.id,
  };
}

async function whereOf(scene: Scene, { activity, heard, person }: Spoken): Promise<Place> {
  if (heard.kind === 'removed') return leave(scene);
  if (heard.kind === 'added' && !isDirect(activity)) return arrive(scene);
  if (heard.kind === 'meeting') return meetingPlace(scene, person);
  return isExtension(activity) ? placeAround(scene) : placeOf(scene, person);
}

async function whatOf(scene: Scene, heard: RequestHeard): Promise<What> {
  if (heard.kind === 'meeting') return heard;
  if (heard.kind === 'picked') {
    const { name, message, author } = heard;
    return {
      kind: 'message',
      name,
      message: { ...message, author: author && (await authorOf(scene, author)) },
    };
  }
  if (heard.kind !== 'said') return { kind: 'event', name: heard.kind };
  const { what } = heard;
  if (what.kind !== 'command') return what;
  const mentions = what.mentions.map(async ({ id, name }) => ({
    id: await mentioned(scene, id),
    name,
  }));
  return { ...what, mentions: await Promise.all(mentions) };
}

/** So that nobody can find out from a key what was answered by trying. */
const unguessable = randomBytes(32);

/** Unique for what happened, the same when it is delivered again. */
function keyOf(activity: Activity, raw: unknown): string {
  const id = activity.id ?? createHmac('sha256', unguessable).update(JSON.stringify(raw)).digest('hex');
  return `teams:${activity.conversation.id}:${id}`;
}

/** By what happened: nobody promises that the events of a meeting, or of all its times, have ids of their own. */
function meetingKey({ conversation }: Activity, { meeting }: Extract<Heard, { kind: 'meeting' }>): string {
  const at = meeting.phase === 'begun' ? meeting.start : meeting.end;
  return `teams:${conversation.id}:meeting ${meeting.phase} ${at}`;
}

async function invokeAnswer({ log }: World, outcome: Outcome): Promise<object> {
  switch (outcome.kind) {
    case 'answer':
      return shows(renderAnswer(outcome.card, outcome.form, await picturesOf(outcome.card, log)));
    case 'ask':
      return shows(renderForm(outcome.form));
    case 'refused':
      return refused(outcome);
    case 'nothing':
    case 'duplicate':
      // Teams wants a line here; an empty one shows as an empty bar.
      return says('✓');
  }
}

/** Teams keeps what was typed beside a line, but not every client does: where there is the form, it comes again. */
function refused({ text, form }: Extract<Outcome, { kind: 'refused' }>): object {
  if (!form) return says(literal(text, limits.line));
  const intro: Element[] = [...(form.intro ?? []), { kind: 'text', text, style: 'strong' }];
  return shows(renderForm({ ...form, intro }));
}

/** A card in the place of the one that was pressed, for this person. */
function shows(card: object): object {
  return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card };
}

/** A line beside the card, which stays with everything typed into it. */
function says(text: string): object {
  return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: text };
}

async function reply(world: World, send: Platform['send'], request: Request, card: Card): Promise<void> {
  const { key: id, tenant, place, person, thread } = request;
  try {
    await send({
      id,
      tenant,
      kind: 'whisper',
      place: place.id,
      person: person.id,
      thread,
      audience: person.outsider ? 'anyone' : 'internal',
      card,
    });
  } catch (error) {
    world.log.warn({ err: error, key: id }, 'Teams: a refusal could not be told');
  }
}
