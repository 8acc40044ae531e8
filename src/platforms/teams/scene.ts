import type { Logger } from 'pino';
import type { Language } from '../../chat/request.ts';
import type { Directory, PersonRecord } from '../../store/directory.ts';
import type { Gateway } from './adapter.ts';
import type { Background } from './background.ts';
import type { Activity } from './parse.ts';

/** What the platform works with. */
export type World = {
  gateway: Gateway;
  directory: Directory;
  background: Background;
  /** Look-ups of people under way, by person: two events of one moment ask once. */
  lookUps: Map<string, Promise<PersonRecord>>;
  now: () => Temporal.Instant;
  log: Logger;
  /** Spoken to whoever reports no language of his own. */
  language: Language;
  sandbox: boolean;
};

/** A verified activity, and the world it came into. */
export type Scene = World & { tenant: string; activity: Activity };

const freshFor = Temporal.Duration.from({ hours: 24 });

/** Whether it is a day ago that Teams was asked. */
export function isStale(record: { checkedAt: string }, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(Temporal.Instant.from(record.checkedAt).add(freshFor), now) < 0;
}
