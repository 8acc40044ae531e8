/** A clock that stands still until it is told to go on. */
export function clock(start: string) {
  let instant = Temporal.Instant.from(start);
  return {
    now: () => instant,
    /** Goes on by hours, minutes, seconds or milliseconds; `{ hours: 24 }` for a day. */
    advance(by: Temporal.DurationLike): void {
      instant = instant.add(by);
    },
    /** Goes to this moment. */
    set(to: string): void {
      instant = Temporal.Instant.from(to);
    },
  };
}
