import { z } from 'zod';
import type { PersonRecord } from '../../store/directory.ts';
import type { Installation } from './client.ts';
import { clean } from './escape.ts';

/** Kept as the reference of our own bots and of those who left: they read nothing, so they make no channel shared. */
const noReader = 'no reader';

/** A user object of Slack's, as far as Belay reads it. */
export const userSchema = z.object({
  id: z.string(),
  name: z.string().optional(),
  real_name: z.string().optional(),
  team_id: z.string().optional(),
  deleted: z.boolean().optional(),
  is_bot: z.boolean().optional(),
  is_admin: z.boolean().optional(),
  is_owner: z.boolean().optional(),
  is_restricted: z.boolean().optional(),
  is_ultra_restricted: z.boolean().optional(),
  is_stranger: z.boolean().optional(),
  locale: z.string().optional(),
  tz: z.string().nullish(),
  enterprise_user: z.object({ teams: z.array(z.string()).optional() }).optional(),
  profile: z
    .object({
      display_name: z.string().optional(),
      real_name: z.string().optional(),
      /** Only with the scope users:read.email, and not of every external person. */
      email: z.string().nullish(),
    })
    .optional(),
});
export type User = z.infer<typeof userSchema>;

/** What Belay keeps of a user. `before` is what it knew. */
export function recordOf(
  user: User,
  home: Installation,
  before: PersonRecord | undefined,
  now: Temporal.Instant,
): PersonRecord {
  const ours = user.team_id === home.team || (user.enterprise_user?.teams ?? []).includes(home.team);
  const guest =
    user.is_restricted || user.is_ultra_restricted || user.is_stranger || user.deleted || user.is_bot;
  const outsider = !ours || guest === true;
  return {
    id: user.id,
    name: clean(
      user.profile?.display_name || user.profile?.real_name || user.real_name || user.name || user.id,
    ),
    // Not told is not gone: what Slack told before stands.
    email: user.profile?.email?.toLowerCase() || before?.email,
    outsider,
    admin: !outsider && (user.is_admin === true || user.is_owner === true),
    language: languageOf(user.locale) ?? (user.locale ? undefined : before?.language),
    timeZone: timeZoneOf(user.tz ?? undefined),
    reference: ours && (user.is_bot || user.deleted) ? noReader : before?.reference,
    checkedAt: now.toString(),
  };
}

/** Whether this is a person who reads: no bot of ours, nobody who has left. */
export function reads(person: PersonRecord): boolean {
  return person.reference !== noReader;
}

function languageOf(locale: string | undefined): 'nl' | 'en' | undefined {
  const language = locale?.slice(0, 2).toLowerCase();
  return language === 'nl' || language === 'en' ? language : undefined;
}

function timeZoneOf(name: string | undefined): string | undefined {
  if (!name) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    // A zone that this machine does not know is none.
    return undefined;
  }
}
