import { line } from '../../chat/card.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked, Due } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import type { Place } from '../../chat/request.ts';
import { someAdmin } from '../../store/admins.ts';
import { toStored } from '../../store/database.ts';
import { newId } from '../../store/id.ts';
import { hasLeft } from '../../store/people.ts';
import { isMember, readPlace } from '../../store/places.ts';
import { readSettings } from '../../store/settings.ts';
import { sayDay, sayMoment } from '../../text/when.ts';
import { clientOfPlace } from '../clients/access-store.ts';
import { voiceIn, voiceOf } from '../clients/voice-store.ts';
import { teamIn } from '../daily-start/team-store.ts';
import { countryOf } from '../nudges/reach-rules.ts';
import { standingsIn } from './current-store.ts';
import { teamCardOf } from './team-feature.ts';
import { isInternal, planButton } from './weekly-button-feature.ts';
import { type Calendar, isDue, nextWeekly, type Weekly } from './weekly-rules.ts';
import { dropWeekly, findWeekly, setWeekly, weeklyIn } from './weekly-store.ts';
import { posted } from './words-cards.ts';

/** Each Monday morning a team hears in its own channel how its clients stand. */

/** So long after the last news it is said once that there is none. */
const quietAfter = { hours: 24 * 13 };

type At = Pick<Due, 'tx' | 'tenant' | 'platform' | 'now' | 'defaults'>;

/** It is planned in a channel, or comes no more; `subject` says which of them somebody wanted, and where. */
export async function weeklyPressed(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const { tx, person, now, say } = asked;
  const [wanted = '', ...id] = subject.split('.');
  const place = await placeMeant(asked, id.join('.'));
  const known = await weeklyIn(tx, asked, place.id);
  const named = place.name ?? say(place === asked.place ? 'kti.weekly-here' : 'daily-start.that-channel');
  if (wanted === 'off') {
    if (known) await dropWeekly(tx, asked, place.id);
    return [answer(line(say('kti.weekly-stopped', { place: named })), 'person')];
  }
  if (!(await isInternal(asked, place))) throw new Refusal('error.kti-weekly-where');
  const next = known ?? {
    ...{ id: newId(), place: place.id, placeName: place.name, toldAt: now },
    by: { id: person.id, name: person.name },
    nextAt: nextWeekly(now, await calendarOf(asked, place.id)),
  };
  if (!known) await setWeekly(tx, asked, next);
  const when = sayMoment(next.nextAt, person.language, (await voiceIn(asked, place.id)).timeZone);
  const text = say('kti.weekly-set', { when, place: named });
  return [answer(line(text), 'person'), ...(known ? [] : [later(next)])];
}

/** The channel that a button names, where none is named this one. Throws a Refusal for whom it does not concern. */
async function placeMeant(asked: Asked, id: string): Promise<Place> {
  const { tx, platform, tenant, person } = asked;
  if (id === '' || id === asked.place.id) return asked.place;
  const place = await readPlace(tx, platform, tenant, id);
  if (!place || !(await isMember(tx, platform, tenant, id, person.id)))
    throw new Refusal('error.kti-weekly-where');
  return place;
}

function later({ id, nextAt }: Weekly): Effect {
  return { do: 'later', job: 'kti.weekly', subject: id, at: nextAt };
}

/** By the channel's clock, and the holidays that hold in it. */
async function calendarOf(at: At, place: string): Promise<Calendar> {
  const kept = await readSettings(at.tx, { tenant: at.tenant, platform: at.platform, place });
  const country = countryOf(kept.get('place.daily-start.country'));
  return { timeZone: (await voiceIn(at, place)).timeZone, country: country === 'none' ? '' : country };
}

/** Its time has come. */
export async function weeklyDue(due: Due): Promise<Effect[]> {
  const plan = await findWeekly(due.tx, due, due.subject);
  if (!plan) return [];
  const why = await reasonToStop(due, plan.place);
  if (why) return stop(due, plan, why);
  const calendar = await calendarOf(due, plan.place);
  const isNow = isDue(plan, calendar, due.now);
  const isAhead = Temporal.Instant.compare(plan.nextAt, due.now) > 0;
  const nextAt = isAhead ? plan.nextAt : nextWeekly(due.now, calendar);
  const news = isNow ? await told(due, plan) : undefined;
  const next = { ...plan, nextAt, toldAt: news?.isNews ? due.now : plan.toldAt };
  await setWeekly(due.tx, due, next);
  return [later(next), ...(news?.effects ?? [])];
}

/** How the clients stand; in the first week without news that there is none, and then nothing until there is. */
async function told(
  due: Due,
  { id, place, toldAt }: Weekly,
): Promise<{ isNews: boolean; effects: Effect[] }> {
  const voice = await voiceIn(due, place);
  const { clients } = await teamIn(due, place);
  const standings = await standingsIn(due, clients, undefined);
  const isNews = standings.some(({ lastAt }) => lastAt > toStored(toldAt));
  if (!isNews && due.now.since(toldAt).total('hours') > quietAfter.hours) return { isNews, effects: [] };
  const day = sayDay(toldAt, voice.language, voice.timeZone);
  const weekly = planButton(true, { id: place }, voice.say);
  const card = isNews
    ? posted(await teamCardOf(due, clients, { page: 1, weekly, viewer: undefined }, voice))
    : line(voice.say('kti.weekly-nothing', { day }));
  const post: Effect = {
    ...{ do: 'post', to: { place }, card, audience: 'internal', resend: false },
    until: due.now.add({ hours: 12 }),
    otherwise: { job: 'kti.weekly-unposted', subject: `${id} ${toStored(toldAt)}` },
  };
  return { isNews, effects: [post] };
}

type Why = 'unreachable' | 'shared';

async function reasonToStop(at: At, place: string): Promise<Why | undefined> {
  const known = await readPlace(at.tx, at.platform, at.tenant, place);
  if (!known?.reachable) return 'unreachable';
  const link = await clientOfPlace(at, place);
  return known.shared || link?.kind === 'shared' ? 'shared' : undefined;
}

/** It comes no more, and whoever planned it hears why; an administrator, when he has left. */
async function stop(at: At, { place, placeName, by }: Weekly, why: Why): Promise<Effect[]> {
  await dropWeekly(at.tx, at, place);
  const left = await hasLeft(at.tx, at.platform, at.tenant, by.id);
  const to = left ? await someAdmin(at.tx, at, by.id) : by;
  if (!to) return [];
  const { say } = await voiceOf(at, to.id);
  const named = placeName ?? say('daily-start.that-channel');
  const card = line(say(`kti.weekly-ended-${why}`, { place: named }));
  return [{ do: 'post', to: { person: to.id }, card, audience: 'internal', resend: true }];
}

/** It could not be posted: where it never can it ends, else the next one tells what this one would have. */
export async function weeklyUnposted(due: Due): Promise<Effect[]> {
  const [id = '', toldAt = ''] = due.subject.split(' ');
  const plan = await findWeekly(due.tx, due, id);
  if (!plan) return [];
  const why = await reasonToStop(due, plan.place);
  if (why) return stop(due, plan, why);
  await setWeekly(due.tx, due, { ...plan, toldAt: Temporal.Instant.from(toldAt) });
  return [];
}
