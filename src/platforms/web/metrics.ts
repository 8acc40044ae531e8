import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Route } from '../../chat/platform.ts';

/** Labels come from closed sets: never a workspace, a person or anybody's words. */
export type Metrics = {
  /** `GET /metrics`, for Prometheus. */
  route: Route;
  /** A request that was answered: its kind (command, press…), what came of it, and how long it took. */
  request(what: { platform: string; kind: string; outcome: string; seconds: number }): void;
  /** A message that left the outbox, or did not. */
  sent(what: { platform: string; kind: string; outcome: SentOutcome }): void;
  /** A job that was set aside after its last attempt. */
  jobFailed(job: string): void;
};

type SentOutcome = 'sent' | 'later' | 'unknown' | 'never' | 'expired';

/** What is looked up when somebody asks for the metrics. */
export type Readings = {
  outboxState(): Promise<{ waiting: number; oldestSeconds: number }>;
  /** How late the longest-waiting due job is, in seconds. */
  jobLag(): Promise<number>;
  /** Conversations with clients in the last month: in how many the expectation was raised, was not, or nobody said. */
  conversations(): Promise<Record<'raised' | 'not-raised' | 'unknown', number>>;
};

export function createMetrics(readings: Readings): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'belay_requests_total',
    help: 'Requests from people and platforms, by what came of them',
    labelNames: ['platform', 'kind', 'outcome'],
    registers,
  });
  const seconds = new Histogram({
    name: 'belay_request_seconds',
    help: 'Time from a verified request until all it did was stored',
    labelNames: ['platform', 'kind'],
    // Slack wants an answer within 3 seconds.
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10],
    registers,
  });
  const sent = new Counter({
    name: 'belay_sent_total',
    help: 'Attempts to send a message, by how they ended',
    labelNames: ['platform', 'kind', 'outcome'],
    registers,
  });
  const jobsFailed = new Counter({
    name: 'belay_jobs_failed_total',
    help: 'Jobs set aside after their last attempt',
    labelNames: ['job'],
    registers,
  });
  const refresh = createGauges(readings, registry);
  return {
    route: async (_req, res) => {
      await refresh();
      res.writeHead(200, { 'Content-Type': registry.contentType }).end(await registry.metrics());
    },
    request({ seconds: took, outcome, ...labels }) {
      requests.inc({ ...labels, outcome });
      seconds.observe(labels, took);
    },
    sent: (labels) => sent.inc(labels),
    jobFailed: (job) => jobsFailed.inc({ job }),
  };
}

/** Returns how to read them anew. What cannot be read is NaN: the rest is needed most when the database is away. */
function createGauges(readings: Readings, registry: Registry): () => Promise<void> {
  const registers = [registry];
  const waiting = new Gauge({
    name: 'belay_outbox_waiting',
    help: 'Messages that wait to be sent',
    registers,
  });
  const oldest = new Gauge({
    name: 'belay_outbox_oldest_seconds',
    help: 'Age of the message that waits longest',
    registers,
  });
  const lag = new Gauge({
    name: 'belay_job_lag_seconds',
    help: 'How late the longest-waiting due job is',
    registers,
  });
  const conversations = new Gauge({
    name: 'belay_conversations',
    help: 'Conversations with clients in the last 31 days, by whether the expectation was raised',
    labelNames: ['outcome'],
    registers,
  });
  return async () => {
    const [outbox, jobs, talks] = await Promise.allSettled([
      readings.outboxState(),
      readings.jobLag(),
      readings.conversations(),
    ]);
    for (const outcome of ['raised', 'not-raised', 'unknown'] as const)
      conversations.set({ outcome }, talks.status === 'fulfilled' ? talks.value[outcome] : Number.NaN);
    waiting.set(outbox.status === 'fulfilled' ? outbox.value.waiting : Number.NaN);
    oldest.set(outbox.status === 'fulfilled' ? outbox.value.oldestSeconds : Number.NaN);
    lag.set(jobs.status === 'fulfilled' ? jobs.value : Number.NaN);
  };
}
