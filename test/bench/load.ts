/** The process that casts votes: as the bench tells it, at so many connections. Its parent sends a Load and gets a Measured. */
import autocannon from 'autocannon';
import { type Votes, voteMaker } from './votes.ts';

/** Votes from the number `from` on, for `seconds`, or so many as `amount`. */
export type Load = { votes: Votes; from: number; connections: number; seconds?: number; amount?: number };

export type Measured = {
  perSecond: number;
  p50: number;
  p99: number;
  /** Votes that were answered 2xx at least once. */
  acknowledged: number;
  /** Answers other than 2xx, and connections that failed. */
  wrong: number;
  /** The number of the next vote. */
  next: number;
};

// It waits for the next load.
process.channel?.ref();
process.on('message', (load: Load) => {
  cast(load).then(
    (measured) => process.send?.(measured),
    (error) => {
      process.stderr.write(`${error}\n`);
      process.exit(1);
    },
  );
});

async function cast({ votes, from, connections, seconds, amount }: Load): Promise<Measured> {
  const make = voteMaker(votes);
  /** Numbers of votes that were sent and not answered. */
  const open = new Set<number>();
  /** The vote that a connection sends; autocannon gives each request a context of its own. */
  const sent = new WeakMap<object, number>();
  let next = from;
  const result = await autocannon({
    url: votes.url,
    connections,
    ...(amount === undefined ? { duration: seconds ?? 1 } : { amount }),
    requests: [
      {
        method: 'POST',
        setupRequest(request, context) {
          const n = next;
          next += 1;
          sent.set(context, n);
          open.add(n);
          const { body, headers } = make(n);
          // autocannon writes into the headers.
          return { ...request, body, headers: { ...headers } };
        },
        onResponse(status, _, context) {
          if (status < 300) open.delete(sent.get(context) ?? -1);
        },
      },
    ],
  });
  const last = await sendAgain(votes.url, [...open].map(make));
  return {
    perSecond: result.requests.total / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    acknowledged: next - from - last.wrong,
    wrong: result.non2xx + result.errors + last.wrong,
    next,
  };
}

/** What was under way when the time was over: posted once more, as the platforms do with what nobody answered. */
async function sendAgain(
  url: string,
  votes: { body: string; headers: Record<string, string> }[],
): Promise<{ wrong: number }> {
  const answers = await Promise.all(
    votes.map(async (vote) => (await fetch(url, { method: 'POST', ...vote })).status),
  );
  return { wrong: answers.filter((status) => status >= 300).length };
}
