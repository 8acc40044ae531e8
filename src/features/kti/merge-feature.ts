import type { Effect } from '../../chat/effect.ts';
import { askingOf } from './invite-feature.ts';
import { planOf } from './plan-store.ts';
import type { At } from './put-feature.ts';
import { runningRound } from './round-store.ts';
import type { Spreading } from './spread-feature.ts';

/** What ends when one client becomes a part of another. */
export function merging({ end, windDown }: Pick<Spreading, 'end' | 'windDown'>) {
  /** Only one round of a client can be running: of two that of the client that is no more ends now, with its summary. */
  return async function run(at: At, from: string, to: string): Promise<Effect[]> {
    const own = await runningRound(at.tx, at.tenant, from);
    const other = await runningRound(at.tx, at.tenant, to);
    const asking = own && other && (await askingOf(at, own.id));
    if (asking) return end(at, asking);
    // Nobody would be asked in a round that is spread once no daily plan is left.
    const plan = await planOf(at.tx, at.tenant, from);
    const stays = await planOf(at.tx, at.tenant, to);
    const isDropped = plan?.rhythm === 'day' && stays !== undefined && stays.rhythm !== 'day';
    return isDropped ? windDown(at, { id: from }) : [];
  };
}
