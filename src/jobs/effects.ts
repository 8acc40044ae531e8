import { line } from '../chat/card.ts';
import type { Effect } from '../chat/effect.ts';
import type { Form } from '../chat/form.ts';
import type { Db } from '../store/database.ts';
import { type Letter, putOut } from '../store/outbox.ts';
import { enqueue } from './queue.ts';

/** Where effects come from: a request (then with person and place) or a job. */
type Origin = {
  tenant: string;
  platform: string;
  now: Temporal.Instant;
  person?: string | undefined;
  place?: string | undefined;
  thread?: string | undefined;
};

const defaultExpiry = Temporal.Duration.from({ hours: 24 });
/** A private answer is for now: nobody wants it tomorrow. */
const answerExpiry = Temporal.Duration.from({ minutes: 30 });

/** Writes effects into the outbox and the job queue, in the transaction of the change they belong to. */
export type CarryOut = (tx: Db, origin: Origin, effects: Effect[]) => Promise<void>;

/**
 * Answers and forms become private messages: those that could go straight back are not among them. A counting
 * update is left out where the platform's messages had better not be edited for a number.
 */
export function createCarryOut(counts: (platform: string) => boolean): CarryOut {
  return async (tx, origin, effects) => {
    for (const effect of effects) {
      if (effect.do === 'later') {
        const { tenant, platform } = origin;
        const { job: name, subject, at, once } = effect;
        await enqueue(tx, { tenant, platform, name, subject, at, once }, origin.now);
      } else if (effect.do !== 'update' || effect.pace !== 'counting' || counts(origin.platform)) {
        await putOut(tx, letterOf(origin, effect), origin.now);
      }
    }
  };
}

function letterOf(origin: Origin, effect: Exclude<Effect, { do: 'later' }>): Letter {
  const { tenant, platform, now } = origin;
  const from = { tenant, platform };
  switch (effect.do) {
    case 'answer':
      return { ...from, ...whisper(origin), card: effect.card, form: effect.form, audience: effect.audience };
    case 'ask':
      return {
        ...from,
        ...whisper(origin),
        card: { ...line(effect.form.title), elements: [] },
        form: withoutGrade(effect.form),
        audience: effect.alone ? 'person' : 'anyone',
      };
    case 'home':
      return {
        ...from,
        kind: 'home',
        lane: laneOf(platform, tenant, 'home', origin.person),
        person: origin.person,
        card: effect.card,
        audience: 'person',
        resend: true,
        expiresAt: now.add(answerExpiry),
      };
    case 'update':
      return {
        ...from,
        ...addressOf(origin, effect.to),
        kind: 'update',
        key: effect.key,
        card: effect.card,
        audience: effect.audience,
        resend: true,
        expiresAt: now.add(defaultExpiry),
      };
    case 'post':
      return {
        ...from,
        ...addressOf(origin, effect.to),
        kind: 'post',
        key: effect.key,
        card: effect.card,
        audience: effect.audience,
        resend: effect.resend,
        otherwise: effect.otherwise && { ...effect.otherwise, platform },
        expiresAt: earlier(now.add(defaultExpiry), effect.until),
      };
  }
}

function earlier(one: Temporal.Instant, other: Temporal.Instant | undefined): Temporal.Instant {
  return other && Temporal.Instant.compare(other, one) < 0 ? other : one;
}

/** What somebody has only pressed is not written down before he sends it. */
function withoutGrade(form: Form): Form {
  const fields = form.fields.map((field) =>
    field.kind === 'grade' ? { ...field, value: undefined } : field,
  );
  return { ...form, fields };
}

/** Mail leaves by a way of its own, whatever the platform it is about. */
function addressOf({ platform, tenant }: Origin, to: Extract<Effect, { do: 'post' }>['to']) {
  if ('mail' in to)
    return { platform: 'mail', lane: laneOf('mail', tenant, 'person', to.mail), person: to.mail };
  return 'place' in to
    ? { lane: laneOf(platform, tenant, 'place', to.place), place: to.place }
    : { lane: laneOf(platform, tenant, 'person', to.person), person: to.person };
}

/** A private answer has a lane of its own: it does not wait for what the channel still has to get. */
function whisper(origin: Origin) {
  if (!origin.person) throw new Error('Only a person can be answered: a job posts.');
  return {
    kind: 'whisper' as const,
    lane: laneOf(origin.platform, origin.tenant, 'whisper', origin.person),
    person: origin.person,
    place: origin.place,
    thread: origin.thread,
    resend: false,
    expiresAt: origin.now.add(answerExpiry),
  };
}

function laneOf(platform: string, tenant: string, kind: string, id: string | undefined): string {
  return `${platform}/${tenant}/${kind}/${id ?? ''}`;
}
