import { sql } from 'kysely';
import { numberIn } from '../../chat/number-setting.ts';
import { type Db, readsDoNotHold } from '../../store/database.ts';
import { readByEmail, readSome } from '../../store/people.ts';
import { readSettings } from '../../store/settings.ts';
import {
  counts,
  type Invitee,
  type Period,
  type Periods,
  ranges,
  type Spent,
  type Survey,
  spentOf,
  type Touch,
  type What,
} from './fatigue.ts';
import { type By, forgetOld, keepTouches, readTouches, removeTouch } from './touch-store.ts';

type At = { tx: Db; tenant: string; platform: string; now: Temporal.Instant };

/** One of those to be asked, by all that Belay knows him by. */
type Human = {
  person: string | undefined;
  email: string | undefined;
  people: { platform: string; id: string }[];
  emails: string[];
};

/**
 * Sees to it that nobody else spends before this transaction ends. What spends does so itself; who
 * holds rows that an invitation changes holds this before them, so that two do not wait for each other.
 */
export async function holdBudgets({ tx }: Pick<At, 'tx'>): Promise<void> {
  if (!readsDoNotHold(tx)) return;
  // There is no row to hold of whom nobody has asked yet.
  await sql`select pg_advisory_xact_lock(hashtextextended('survey_touch', 0))`.execute(tx);
}

/**
 * Why each of these cannot be asked this now, in the order given; undefined of who can. Who stands there twice, by
 * mail and as a person, is judged by himself each time. Held until the transaction ends, so that what is spent upon it still holds.
 */
export async function budgetOf(at: At, invitees: Invitee[], what: What): Promise<(Spent | undefined)[]> {
  if (invitees.length === 0) return [];
  await holdBudgets(at);
  const { days, humans, touchesOf } = await readBudgets(at, invitees);
  return humans.map((human) => spentOf(touchesOf(human), what, days, at.now));
}

/** Notes that he is asked, or reminded, now; whether he may be is for whoever asks to look at first. */
export async function spend(at: At, invitee: Invitee, what: What): Promise<void> {
  const humans = await humansOf(at, [invitee]);
  await keep(at, humans, what);
}

/**
 * Spends for each of these who may be asked, and returns why the others may not, as `budgetOf` does. Who stands there
 * twice, by mail and as a person, is asked once: the second time he has been.
 */
export async function spendAmong(at: At, invitees: Invitee[], what: What): Promise<(Spent | undefined)[]> {
  if (invitees.length === 0) return [];
  await holdBudgets(at);
  const { days, humans, touchesOf, touch } = await readBudgets(at, invitees);
  const asked: Human[] = [];
  const spent = humans.map((human) => {
    const why = spentOf(touchesOf(human), what, days, at.now);
    if (why) return why;
    touch(human, { what, at: at.now });
    asked.push(human);
    return undefined;
  });
  await keep(at, asked, what);
  return spent;
}

/** The invitation of that moment never reached him: it is not counted. */
export async function takeBack(
  { tx, tenant, platform }: Pick<At, 'tx' | 'tenant' | 'platform'>,
  { person, email }: Invitee,
  what: Survey,
  spentAt: Temporal.Instant,
): Promise<void> {
  const known = { platform, person, email: email === undefined ? undefined : small(email) };
  await removeTouch(tx, tenant, { ...known, what, at: spentAt });
}

/** How many of these were invited to a survey in person within the period between two surveys. */
export async function askedLately(at: At, invitees: Invitee[]): Promise<number> {
  if (invitees.length === 0) return 0;
  const { days, humans, touchesOf } = await readBudgets(at, invitees);
  const since = at.now.subtract({ hours: 24 * days.survey });
  const lately = (touch: Touch) => counts(touch, 'survey') && Temporal.Instant.compare(touch.at, since) > 0;
  return humans.filter((human) => touchesOf(human).some(lately)).length;
}

/** In days: what the administrators of this workspace have chosen, else what is usual. */
export async function periodsIn({
  tx,
  tenant,
  platform,
}: Pick<At, 'tx' | 'tenant' | 'platform'>): Promise<Periods> {
  const kept = await readSettings(tx, { tenant, platform });
  const days = (period: Period) =>
    numberIn(ranges[period], kept.get(`tenant.fatigue.${period}`)) ?? ranges[period].usual;
  return { day: days('day'), survey: days('survey'), nps: days('nps') };
}

async function readBudgets(at: At, invitees: Invitee[]) {
  const days = await periodsIn(at);
  const humans = await humansOf(at, invitees);
  const by: By = { people: new Map(), emails: new Set(humans.flatMap(({ emails }) => emails)) };
  for (const { platform, id } of humans.flatMap(({ people }) => people))
    by.people.set(platform, (by.people.get(platform) ?? new Set()).add(id));
  const longest = Math.max(...Object.values(days));
  const since = at.now.subtract({ hours: 24 * longest });
  const touches = new Map<string, Touch[]>();
  const put = (keys: string[], touch: Touch) => {
    for (const key of keys) touches.set(key, [...(touches.get(key) ?? []), touch]);
  };
  for (const one of await readTouches(at.tx, at.tenant, by, since)) {
    const people = one.person === undefined ? [] : [{ platform: one.platform, id: one.person }];
    put(keysOf({ people, emails: one.email === undefined ? [] : [one.email] }), one);
  }
  return {
    days,
    humans,
    touchesOf: (human: Human) => keysOf(human).flatMap((key) => touches.get(key) ?? []),
    touch: (human: Human, touch: Touch) => put(keysOf(human), touch),
  };
}

function keysOf({ people, emails }: Pick<Human, 'people' | 'emails'>): string[] {
  return [
    ...people.map(({ platform, id }) => `person ${platform} ${id}`),
    ...emails.map((one) => `mail ${one}`),
  ];
}

/** Each with his address, where the directory knows it, and with whoever has that address, on whatever platform. */
async function humansOf({ tx, tenant, platform }: At, invitees: Invitee[]): Promise<Human[]> {
  const ids = [...new Set(invitees.flatMap(({ person }) => person ?? []))];
  const known = await readSome(tx, platform, tenant, ids);
  const addressOf = new Map(known.map(({ id, email }) => [id, email]));
  const each = invitees.map(({ person, email }) => {
    const addresses = [email, person === undefined ? undefined : addressOf.get(person)];
    return { person, emails: [...new Set(addresses.flatMap((one) => (one ? [small(one)] : [])))] };
  });
  const holders = await readByEmail(tx, tenant, [...new Set(each.flatMap(({ emails }) => emails))]);
  return each.map(({ person, emails }) => {
    const same = holders.filter(({ email }) => emails.includes(small(email)));
    const here = person ?? same.find((one) => one.platform === platform)?.id;
    const own = here === undefined ? [] : [{ platform, id: here }];
    return { person: here, email: emails[0], people: [...own, ...same], emails };
  });
}

async function keep({ tx, tenant, platform, now }: At, humans: Human[], what: What): Promise<void> {
  await forgetOld(tx, tenant, now);
  const touches = humans.map(({ person, email }) => ({ platform, person, email, what, at: now }));
  await keepTouches(tx, tenant, touches);
}

function small(email: string): string {
  return email.trim().toLowerCase();
}
