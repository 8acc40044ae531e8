import Database from 'better-sqlite3';
import { toStored } from '../../src/store/database.ts';

/** Moves every closed poll of a running Belay some days back, so that a later round has a date of its own. SQLite only. */
export function moveRoundsBack(databaseUrl: string, days: number): void {
  const raw = new Database(databaseUrl.slice('sqlite:'.length), { timeout: 1000 });
  const earlier = (stored: string) => toStored(Temporal.Instant.from(stored).subtract({ hours: 24 * days }));
  try {
    raw.function('earlier', { deterministic: true }, earlier);
    const moved = ['asked_at', 'closes_at', 'ended_at'].map((column) => `${column} = earlier(${column})`);
    raw.exec(`update poll set ${moved.join(', ')} where state = 'closed'`);
  } finally {
    raw.close();
  }
}
