/** How many messages may leave at once after a quiet time, and how many a second then. */
type Limits = { burst: number; perSecond: number };

/** Counts what leaves for one workspace. Times in milliseconds. */
export function createAllowance({ burst, perSecond }: Limits) {
  let left = burst;
  let countedAt = 0;

  function count(now: number): void {
    // A clock that was put back takes nothing away.
    left = Math.min(burst, left + (Math.max(0, now - countedAt) * perSecond) / 1000);
    countedAt = now;
  }

  return {
    /** Milliseconds until one may leave; 0 when it may now. */
    waitMs(now: number): number {
      count(now);
      return left >= 1 ? 0 : Math.ceil(((1 - left) * 1000) / perSecond);
    },
    take(now: number): void {
      count(now);
      left -= 1;
    },
  };
}

export type Allowance = ReturnType<typeof createAllowance>;
