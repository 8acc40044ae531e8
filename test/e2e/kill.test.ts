import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startBelay } from '../support/belay-process.ts';
import { newDatabase } from '../support/databases.ts';
import { acknowledged, eventually, startAtWork } from '../support/slack/at-work.ts';
import { sign } from '../support/slack/signing.ts';
import { type StandIn, tokens } from '../support/slack/stand-in.ts';

const votes = 500;
const atOnce = 20;
const seed = Number(process.env.BELAY_TEST_SEED ?? randomInt(1_000_000));
const runs = process.env.BELAY_TEST_LONG ? 25 : 3;

/** After how many acknowledged votes Belay is killed: anywhere but at the very ends. */
function killPoint(run: number): number {
  return 40 + ((seed * 7919 + run * 104_729) % (votes - 80));
}

type Vote = { person: string; grade: number; trigger: string };

const pressSchema = z.record(z.string(), z.unknown());
const template = pressSchema.parse(
  JSON.parse(readFileSync(new URL('../fixtures/slack/block-actions-message.json', import.meta.url), 'utf8')),
);

/** A press that can be delivered again as it was, with its own trigger. */
async function deliver(at: StandIn, place: string, poll: string, vote: Vote): Promise<boolean> {
  const { person, grade, trigger } = vote;
  const payload = {
    ...template,
    user: { id: person, username: person, name: person, team_id: 'T2' },
    trigger_id: trigger,
    channel: { id: place, name: 'acme' },
    container: { type: 'message', message_ts: '1.1', channel_id: place, is_ephemeral: false },
    actions: [{ type: 'button', action_id: `polls.vote.${grade}`, value: poll, action_ts: '1.2' }],
  };
  at.workspace.triggers.set(trigger, { user: person, at: Date.now(), used: false, inWindow: false });
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    ...sign(tokens.signingSecret, body, Date.now()),
  };
  try {
    return (await at.post(body, headers)).status === 200;
  } catch (error) {
    // Cut or refused, because Belay was killed.
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** Does `work` for each, some at a time, until `isOver`. */
async function several<T>(items: T[], work: (item: T) => Promise<void>, isOver = () => false): Promise<void> {
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item && !isOver(); item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

async function killInTheMiddle(kind: 'sqlite' | 'postgres', killAfter: number): Promise<void> {
  const database = await newDatabase(kind);
  const { at, belay, channel, people, sees, rows } = await startAtWork({ databaseUrl: database.url });
  const client = people('T2', votes);
  const place = channel({ client: true, more: client });
  await acknowledged(at.command('U_ANNA', place, 'nps ask'));
  await sees('U_ANNA', place, /polls\.vote/);
  const [poll] = await rows(`select id from poll where place_id = '${place}'`);
  const cast = client.map((person, index) => ({ person, grade: 7 + (index % 4), trigger: `kill.${index}` }));

  // A question that hangs on its way out, and its withdrawal that waits behind it.
  at.fail({ method: 'chat.postMessage', how: 'hang' });
  await acknowledged(at.command('U_ANNA', 'C_GENERAL', 'nps ask'));
  await eventually(() => expect(at.callsOf('chat.postMessage').at(-1)?.answer).toBe('hang'));
  await acknowledged(at.command('U_ANNA', 'C_GENERAL', 'nps cancel'));

  const kept = new Map<string, number>();
  let killed: Promise<void> | undefined;
  await several(
    cast,
    async (vote) => {
      if (await deliver(at, place, String(poll?.id), vote)) kept.set(vote.person, vote.grade);
      if (kept.size >= killAfter) killed ??= belay.kill();
    },
    () => killed !== undefined,
  );
  await killed;
  expect(kept.size).toBeLessThan(votes);

  const again = await startBelay({ env: belay.env });
  const inPoll = `where poll_id = '${poll?.id}'`;
  const read = async () => {
    const stored = await rows(`select person_id, grade from vote ${inPoll}`);
    return new Map(stored.map(({ person_id, grade }) => [person_id, grade]));
  };
  const found = await read();
  expect([...kept].filter(([person, grade]) => found.get(person) !== grade)).toEqual([]);
  expect(found.size).toBeLessThanOrEqual(kept.size + atOnce);

  await several(cast, async (vote) => {
    expect(await deliver(at, place, String(poll?.id), vote)).toBe(true);
  });
  expect(await read()).toEqual(new Map(cast.map(({ person, grade }) => [person, grade])));
  // A vote that was counted twice would have left what it was before.
  expect(await rows(`select person_id from vote_history ${inPoll}`)).toEqual([]);

  await eventually(() => {
    const seen = at.seenBy('U_BRAM', 'C_GENERAL').map(({ text, edits }) => ({ text, edits }));
    expect(seen).toEqual([{ text: expect.stringContaining('ingetrokken'), edits: 1 }]);
  });
  await acknowledged(at.command('U_ANNA', place, 'nps close'));
  const result = await sees('U_ANNA', 'D_U_ANNA', /Uitslag NPS/);
  expect(result.text).toContain(`uit ${votes} antwoorden`);
  await eventually(async () => expect(await rows('select id from outbox')).toEqual([]));
  expect(await again.stop()).toBe(0);
  await at.close();
  await database.remove();
}

describe(`killed in the middle of ${votes} votes (BELAY_TEST_SEED=${seed})`, { concurrent: true }, () => {
  it.each(Array.from({ length: runs }, (_, run) => killPoint(run)))(
    'keeps every vote that it acknowledged, after %i of them',
    (killAfter) => killInTheMiddle('sqlite', killAfter),
    60_000,
  );

  it(
    `keeps them on PostgreSQL too, after ${killPoint(runs)} of them`,
    () => killInTheMiddle('postgres', killPoint(runs)),
    60_000,
  );
});
