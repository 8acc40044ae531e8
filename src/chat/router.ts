import type { Db } from '../store/database.ts';
import { voice } from '../text/say.ts';
import { isBeside, line } from './card.ts';
import { type Effect, spokenIn } from './effect.ts';
import type { Asked, Command, Feature, Outside, Press } from './feature.ts';
import { grammar, shortened } from './grammar.ts';
import type { Hear, Outcome } from './platform.ts';
import { Ignored, Refusal } from './refusal.ts';
import { refusalCard } from './refusal-card.ts';
import { languageOf, type Request } from './request.ts';
import { may } from './rights.ts';
import { languageFor, timeZoneIn } from './voice.ts';

/** What the router needs of the house around it. */
export type RouterPorts = {
  features: Feature[];
  transact<T>(work: (tx: Db) => Promise<T>): Promise<T>;
  /** False when this key was heard before. */
  claim(tx: Db, tenant: string, key: string, now: Temporal.Instant): Promise<boolean>;
  /** What is set for this person, place and workspace, by `scope.key`. */
  settings(
    tx: Db,
    at: { tenant: string; platform: string; person: string; place: string },
  ): Promise<ReadonlyMap<string, string>>;
  carryOut(
    tx: Db,
    origin: {
      tenant: string;
      platform: string;
      now: Temporal.Instant;
      person: string;
      place: string;
      thread?: string | undefined;
    },
    effects: Effect[],
  ): Promise<void>;
  now(): Temporal.Instant;
  outside(at: { tenant: string; platform: string }): Outside;
  /** Something was committed that the sender may send. */
  committed(): void;
  heard(request: Request, outcome: Outcome['kind'] | 'failed', seconds: number): void;
  /** Something failed that is nobody's bad input; what it did is undone. */
  failed(request: Request, error: unknown): void;
};

type Handling = Pick<Press, 'who' | 'where'> & { run(asked: Asked): Promise<Effect[]> };

/**
 * request → handler → rights → effects, in one transaction. Rejects only when nothing was stored. Whoever typed a
 * command is told that it went wrong instead, because the platforms would show him nothing.
 */
export function createRouter(ports: RouterPorts): Hear {
  const find = finder(ports.features);
  return async (request) => {
    const started = performance.now();
    let kind: Outcome['kind'] | 'failed' = 'failed';
    try {
      const outcome = await handle(ports, find, request);
      kind = outcome.kind;
      return outcome;
    } catch (error) {
      if (request.what.kind !== 'command') throw error;
      ports.failed(request, error);
      const card = line(
        voice(request.person.language ?? ports.outside(request).defaults.language)('error.unexpected'),
      );
      return { kind: 'refused', text: card.summary, card };
    } finally {
      ports.heard(request, kind, (performance.now() - started) / 1000);
    }
  };
}

async function handle(ports: RouterPorts, find: Finder, request: Request): Promise<Outcome> {
  let refused: Asked | undefined;
  try {
    const outcome = await ports.transact(async (tx) => {
      const now = ports.now();
      if (!(await ports.claim(tx, request.tenant, request.key, now))) return { kind: 'duplicate' } as const;
      const asked = await prepare(ports, tx, request, now);
      refused = asked;
      const handling = find(request, asked);
      if (!handling) return { kind: 'nothing' } as const;
      allow(handling, asked);
      if (handling.where === 'channel') inChannel(asked);
      const effects = spokenIn(asked.person.language, await handling.run(asked));
      const { direct, rest } = sort(request, effects);
      const { tenant, platform, person, place, thread } = request;
      await ports.carryOut(tx, { tenant, platform, now, person: person.id, place: place.id, thread }, rest);
      return direct;
    });
    if (outcome.kind !== 'duplicate') ports.committed();
    return outcome;
  } catch (error) {
    if (error instanceof Ignored) return { kind: 'nothing', ignored: error.reason };
    if (!(error instanceof Refusal) || !refused) throw error;
    const { language } = refused.person;
    const card = { language, ...refusalCard(error, refused.say) };
    const form = error.form && { language, ...error.form };
    return { kind: 'refused', text: card.summary, field: error.field, card, ...(form && { form }) };
  }
}

async function prepare(ports: RouterPorts, tx: Db, request: Request, now: Temporal.Instant): Promise<Asked> {
  const { tenant, platform, person, place } = request;
  const kept = await ports.settings(tx, { tenant, platform, person: person.id, place: place.id });
  const outside = ports.outside({ tenant, platform });
  const language = languageFor(kept, person.language, outside.defaults);
  const placeLanguage = languageOf(kept.get('place.language')) ?? language;
  const timeZone = timeZoneIn(kept, outside.defaults);
  return {
    ...outside,
    tx,
    now,
    platform,
    tenant,
    person: {
      ...person,
      admin: person.admin || kept.get('person.role') === 'admin',
      language,
      timeZone: person.timeZone ?? timeZone,
    },
    place: { ...place, language: placeLanguage, timeZone },
    say: voice(language),
    sayHere: voice(placeLanguage),
  };
}

function allow(handling: Handling, { person }: Asked): void {
  if (!may(person, handling.who))
    throw new Refusal(person.outsider ? 'error.members-only' : 'error.admins-only');
}

/** The one answer that goes straight back, where the platform can take it; everything else goes out by message. */
function sort(request: Request, effects: Effect[]): { direct: Outcome; rest: Effect[] } {
  const at = effects.findIndex((effect) => goesBack(request, effect));
  const effect = effects[at];
  const rest = effects.filter((one, index) => index !== at && !(one.do === 'answer' && one.updated));
  if (effect?.do === 'ask') return { direct: { kind: 'ask', form: effect.form }, rest };
  if (effect?.do !== 'answer') return { direct: { kind: 'nothing' }, rest };
  if (request.returns === 'form-first' && effect.form) {
    const intro = [...effect.card.elements.filter((element) => element.kind !== 'buttons')];
    return { direct: { kind: 'ask', form: { ...effect.form, intro } }, rest };
  }
  return { direct: { kind: 'answer', card: effect.card, form: effect.form }, rest };
}

function goesBack(request: Request, effect: Effect): boolean {
  const { returns, what } = request;
  // Only a card is put in the place of another one; a form that opens in a window of its own hides nothing.
  if (what.kind === 'press' && isBeside(what.detail) && returns === 'card') return false;
  if (effect.do === 'ask') return returns !== 'nothing';
  if (effect.do !== 'answer' || (effect.beside && what.kind === 'press')) return false;
  return returns === 'card' || returns === 'either' || returns === 'form-first';
}

type Finder = (request: Request, asked: Asked) => Handling | undefined;

function finder(features: Feature[]): Finder {
  const commands = features.flatMap((feature) => feature.commands ?? []);
  const presses = new Map(features.flatMap((feature) => Object.entries(feature.presses ?? {})));
  const forms = new Map(features.flatMap((feature) => Object.entries(feature.forms ?? {})));
  const messages = new Map(features.flatMap((feature) => Object.entries(feature.messages ?? {})));
  const read = grammar(commands);
  for (const name of forms.keys())
    if (!presses.has(name))
      throw new Error(`The form ${name} needs a press of that name: it is how Slack opens it.`);
  return ({ what }, asked) => {
    switch (what.kind) {
      case 'command': {
        const reading = read(what.text);
        if (reading.kind === 'unknown') throw unknown(reading, asked);
        const command = reading.kind === 'command' ? reading.command : greeting(commands);
        const none = { words: '', colon: false, rest: '' };
        const { words, colon, rest } = reading.kind === 'command' ? reading : none;
        const typed = { words, colon, text: rest, mentions: what.mentions };
        return { ...command, run: (asked) => command.run(asked, typed) };
      }
      case 'press': {
        const press = presses.get(what.name);
        if (!press) throw new Refusal('error.button-unknown');
        const detail = isBeside(what.detail) ? '' : (what.detail ?? '');
        const pressed = { subject: what.subject ?? '', detail };
        return { ...press, run: (asked) => press.run(asked, pressed) };
      }
      case 'submit': {
        const form = forms.get(what.name);
        if (!form) throw new Refusal('error.button-unknown');
        const sent = { subject: what.subject ?? '', fields: what.fields };
        return { ...form, run: (asked) => form.run(asked, sent) };
      }
      case 'message': {
        const handler = messages.get(what.name);
        if (!handler) throw new Refusal('error.button-unknown');
        return { ...handler, run: (asked) => handler.run(asked, what.message) };
      }
      case 'event': {
        const handlers = features.flatMap((feature) => feature.events?.[what.name] ?? []);
        return all(handlers.map((handler) => (asked) => handler.run(asked)));
      }
      case 'meeting': {
        const handlers = features.flatMap((feature) => feature.meetings ?? []);
        return all(handlers.map((handler) => (asked) => handler.run(asked, what.meeting)));
      }
    }
  };
}

/** All that is done about what nobody asked for; undefined when it is nothing. */
function all(runs: Handling['run'][]): Handling | undefined {
  if (runs.length === 0) return undefined;
  return {
    who: 'anyone',
    run: async (asked) => {
      const effects: Effect[] = [];
      for (const run of runs) effects.push(...(await run(asked)));
      return effects;
    },
  };
}

/** What is shown to somebody who says nothing but Belay's name. */
function greeting(commands: Command[]): Command {
  const hub = commands.find((command) => command.name === 'help.hub');
  if (!hub) throw new Error('No feature has the command help.hub.');
  return hub;
}

function inChannel({ place }: Asked): void {
  if (place.kind === 'direct') throw new Refusal('error.channel-only');
  if (!place.reachable) throw new Refusal('error.not-in-channel');
}

function unknown(reading: { typed: string; nearest: string | undefined }, asked: Asked): Refusal {
  const typed = shortened(reading.typed);
  const buttons = [{ press: 'help.show', label: asked.say('help.button') }];
  return reading.nearest
    ? new Refusal('error.unknown-nearest', { typed, nearest: reading.nearest }, { buttons })
    : new Refusal('error.unknown', { typed }, { buttons });
}
