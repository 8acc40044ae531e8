import type { CurrentRow } from '../kti/current-rules.ts';
import type { Kti } from '../kti/kti.ts';
import { urgency } from '../kti/team-rules.ts';

/** Which KTI of a client asks for an action most. Pure. */

/** A KTI that holds now and how it stands, undefined when it has no grade. isWorked: something is, or was, done about it since. */
export type Asking = { kti: Kti; row: CurrentRow | undefined; isWorked: boolean };

/** The one that asks for an action most first: nobody works on it, then as a summary judges it; what has no grade comes last. */
export function inNeed(all: Asking[]): Asking[] {
  return all.toSorted(
    (one, other) =>
      Number(one.isWorked) - Number(other.isWorked) ||
      Number(!one.row) - Number(!other.row) ||
      (one.row && other.row ? urgency(one.row) - urgency(other.row) : 0) ||
      (one.kti.id < other.kti.id ? -1 : 1),
  );
}
