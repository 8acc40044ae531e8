import type { Effect } from '../../chat/effect.ts';
import type { Asked, Due, Outside } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readers } from '../../chat/voice.ts';
import { workingTime } from '../../chat/working-time.ts';
import { newId } from '../../store/id.ts';
import { findMessage } from '../../store/messages.ts';
import { voice } from '../../text/say.ts';
import type { Asking, AskingMistake } from './asking-rules.ts';
import { openBallotBox } from './ballot-store.ts';
import { nameOf, ofPoll, questionCard, typed, until, wordingOf } from './cards.ts';
import { type Asker, closingTime, type Kind, keyOf, limits, type Poll } from './polls.ts';
import { newestPoll, openPoll } from './store.ts';

/** Of these things one asks: what a handler or a job knows of its moment. */
export type At = Pick<Due, 'tx' | 'now' | 'platform' | 'tenant'> & Outside;

/** Where a question is put. */
export type Where = {
  id: string;
  name: string | undefined;
  shared: boolean;
  members: number | undefined;
  outsiders: number | undefined;
  language: 'nl' | 'en';
  timeZone: string;
};

const remindAfterDays = 3;

/** Throws the Refusal that says what is wrong with it. */
export function understood(asking: Asking | AskingMistake): Asking {
  switch (asking) {
    case 'not-understood':
      throw new Refusal('error.poll-not-understood');
    case 'no-period':
      throw new Refusal('error.poll-period', {}, { field: 'days' });
    case 'period-too-long':
      throw new Refusal('error.poll-period-long', { days: limits.days }, { field: 'days' });
    case 'topic-too-long':
      throw new Refusal('error.text-too-long', { most: limits.topic }, { field: 'topic' });
    default:
      return asking;
  }
}

/** The place where it was asked. */
export function hereOf({ place }: Asked): Where {
  return { ...place, name: place.name, members: place.members, outsiders: place.outsiders };
}

type Draft = Asking & { kind: Kind; series?: string | undefined };

/** Opens a poll, and what follows from that; undefined when one of its kind is open there. */
export async function putQuestion(
  at: At,
  where: Where,
  asker: Asker,
  { kind, series, anonymous, topic, period }: Draft,
): Promise<{ poll: Poll; effects: Effect[] } | undefined> {
  const { tx, tenant, platform, now } = at;
  const poll: Poll = {
    id: newId(),
    kind,
    wording: wordingOf(kind, topic, voice(where.language)),
    anonymous,
    series,
    place: where.id,
    placeName: where.name,
    shared: where.shared,
    topic,
    language: where.language,
    timeZone: where.timeZone,
    asker,
    invited: where.shared ? where.outsiders : where.members,
    askedAt: now,
    closesAt: closingTime(now, period, where.timeZone),
    state: 'open',
    resultShared: false,
    counts: undefined,
    answered: undefined,
    reasons: undefined,
  };
  if (!(await openPoll(tx, tenant, platform, poll))) return undefined;
  if (anonymous) await openBallotBox(tx, tenant, poll.id);
  const remindAt = workingTime(now, remindAfterDays, where.timeZone);
  const remind: Effect = { do: 'later', job: 'polls.remind', subject: poll.id, at: remindAt };
  return {
    poll,
    effects: [
      {
        do: 'post',
        to: { place: poll.place },
        card: questionCard(poll, ofPoll(poll)),
        audience: 'anyone',
        key: keyOf(poll),
        resend: true,
        otherwise: { job: 'polls.unposted', subject: poll.id },
      },
      { do: 'later', job: 'polls.close', subject: poll.id, at: poll.closesAt },
      ...(Temporal.Instant.compare(remindAt, poll.closesAt) < 0 ? [remind] : []),
    ],
  };
}

/** The poll of one of these kinds that is open here. */
export function openOf(
  { tx, tenant, platform, place }: Asked,
  kinds: readonly Kind[],
): Promise<Poll | undefined> {
  return newestPoll(tx, tenant, { platform, place: place.id }, kinds, ['open']);
}

/** Why another one cannot be asked, with the way to the one that is open. */
export async function alreadyOpen(asked: Asked, kinds: readonly Kind[]): Promise<Refusal> {
  const open = await openOf(asked, kinds);
  if (!open) return new Refusal('error.unexpected');
  const { say } = asked;
  const message = await findMessage(asked.tx, asked, keyOf(open));
  const link = message?.link ? [{ url: message.link, label: say('polls.go-to') }] : [];
  const values = {
    name: nameOf(open.kind, say),
    asker: open.asker.name,
    until: until(open, readers(asked)),
    close: typed(open.kind, 'close', say),
  };
  return new Refusal('error.poll-open', values, { buttons: link });
}
