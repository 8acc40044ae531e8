import { afterEach, expect, it } from 'vitest';
import { createMetrics, type Readings } from '../../../src/platforms/web/metrics.ts';
import { startServer, type WebServer } from '../../../src/platforms/web/server.ts';

const servers: WebServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

const quiet: Readings = {
  outboxState: async () => ({ waiting: 0, oldestSeconds: 0 }),
  jobLag: async () => 0,
  conversations: async () => ({ raised: 0, 'not-raised': 0, unknown: 0 }),
};

async function scraping(readings: Readings) {
  const metrics = createMetrics(readings);
  const routes = { 'GET /metrics': metrics.route };
  const server = await startServer({ port: 0, host: '127.0.0.1', routes, log: { error: () => undefined } });
  servers.push(server);
  const scrape = async () => {
    const response = await fetch(`http://127.0.0.1:${server.port}/metrics`);
    expect(response.headers.get('content-type')).toContain('text/plain');
    return (await response.text()).split('\n');
  };
  return { metrics, scrape };
}

it('counts requests by what came of them, and measures how long they took', async () => {
  const { metrics, scrape } = await scraping(quiet);
  const vote = { platform: 'slack', kind: 'press', outcome: 'answer' };
  metrics.request({ ...vote, seconds: 0.02 });
  metrics.request({ ...vote, seconds: 0.2 });
  metrics.request({ ...vote, outcome: 'refused', seconds: 4 });
  const lines = await scrape();
  expect(lines).toContain('belay_requests_total{platform="slack",kind="press",outcome="answer"} 2');
  expect(lines).toContain('belay_requests_total{platform="slack",kind="press",outcome="refused"} 1');
  expect(lines).toContain('belay_request_seconds_bucket{le="0.025",platform="slack",kind="press"} 1');
  expect(lines).toContain('belay_request_seconds_bucket{le="3",platform="slack",kind="press"} 2');
  expect(lines).toContain('belay_request_seconds_count{platform="slack",kind="press"} 3');
});

it('counts what was sent and which jobs were set aside', async () => {
  const { metrics, scrape } = await scraping(quiet);
  metrics.sent({ platform: 'teams', kind: 'post', outcome: 'later' });
  metrics.sent({ platform: 'teams', kind: 'post', outcome: 'sent' });
  metrics.jobFailed('polls.close');
  const lines = await scrape();
  expect(lines).toContain('belay_sent_total{platform="teams",kind="post",outcome="later"} 1');
  expect(lines).toContain('belay_sent_total{platform="teams",kind="post",outcome="sent"} 1');
  expect(lines).toContain('belay_jobs_failed_total{job="polls.close"} 1');
});

it('reads the outbox and the jobs when it is asked', async () => {
  let waiting = 3;
  const { scrape } = await scraping({
    outboxState: async () => ({ waiting, oldestSeconds: 12.5 }),
    jobLag: async () => 7,
    conversations: async () => ({ raised: 8, 'not-raised': 2, unknown: 1 }),
  });
  const lines = await scrape();
  expect(lines).toContain('belay_outbox_waiting 3');
  expect(lines).toContain('belay_outbox_oldest_seconds 12.5');
  expect(lines).toContain('belay_job_lag_seconds 7');
  expect(lines).toContain('belay_conversations{outcome="raised"} 8');
  expect(lines).toContain('belay_conversations{outcome="not-raised"} 2');
  waiting = 0;
  expect(await scrape()).toContain('belay_outbox_waiting 0');
});

it('still tells of the process when the database is away', async () => {
  const away = () => Promise.reject(new Error('away'));
  const { scrape } = await scraping({ outboxState: away, jobLag: away, conversations: away });
  const lines = await scrape();
  expect(lines).toContain('belay_outbox_waiting Nan');
  expect(lines.some((line) => line.startsWith('process_resident_memory_bytes '))).toBe(true);
});

it('may be made twice in one process', async () => {
  const first = await scraping(quiet);
  const second = await scraping(quiet);
  first.metrics.jobFailed('polls.close');
  expect(await second.scrape()).not.toContain('belay_jobs_failed_total{job="polls.close"} 1');
});
