import { parentPort } from 'node:worker_threads';
import type { Answer, Job } from '../../src/calendars/worker.ts';

/** Does what a parser might do: what it is sent says which. */
parentPort?.on('message', ({ body }: Job) => {
  const wish = Buffer.from(body).toString();
  const kept: number[][] = [];
  while (wish === 'loop');
  while (wish === 'eat') kept.push(Array.from({ length: 100_000 }, Math.random));
  if (wish === 'throw') throw new Error('secret');
  if (wish === 'exit') process.exit();
  console.log(wish);
  console.error(wish);
  const answer: Answer = { kind: 'events', events: [] };
  parentPort?.postMessage(answer);
  if (wish === 'answer, then exit') process.exit();
});
