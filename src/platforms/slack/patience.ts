/** Slack wants an answer in three seconds, and a form opens within them: this leaves one for all that comes after. */
const patienceMs = 2000;

/** What `work` gives, or undefined when the patience is over; the work then goes on behind. */
export type Soon = <T>(work: Promise<T>) => Promise<T | undefined>;

/** The patience of one request, counted from now, however many works share it. */
export function patience(): Soon {
  const end = performance.now() + patienceMs;
  return (work) =>
    Promise.race([
      work,
      new Promise<undefined>((resolve) => {
        setTimeout(() => resolve(undefined), end - performance.now()).unref();
      }),
    ]);
}
