import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { startBelay } from '../support/belay-process.ts';
import { newDatabase } from '../support/databases.ts';
import { rowsOf } from '../support/rows.ts';
import { eventually } from '../support/slack/at-work.ts';
import { type Answer, acme, acting, general, personal } from '../support/teams/acting.ts';
import { parts } from '../support/teams/adaptive-card.ts';
import { anna, bram, daan, startConnector } from '../support/teams/connector.ts';

/**
 * What a client wrote in Teams is kept by a colleague, by the message extension: Belay as a process of its own, its
 * dialogs over HTTP. The Playground has none.
 */

const { value } = JSON.parse(
  readFileSync(new URL('../fixtures/teams/message-picked.json', import.meta.url), 'utf8'),
);
const messagePayload = {
  ...value.messagePayload,
  from: { user: { ...value.messagePayload.from.user, id: daan.aadObjectId } },
};

/** What a dialog would send: its inputs as they stand, what a person changes, and the button's own data. */
function filledIn({ body }: Answer, changes: Record<string, string>) {
  const all = parts(body?.task?.value);
  const inputs = all.filter(({ type }) => `${type}`.startsWith('Input.'));
  const button = all.find(
    ({ type, data }) => type === 'Action.Submit' && JSON.stringify(data).includes('"form"'),
  );
  const values = Object.fromEntries(inputs.map(({ id, value = '' }) => [`${id}`, `${value}`]));
  return { data: { ...Object(button?.data), ...values, ...changes } };
}

it.each(['sqlite', 'postgres'] as const)('a message is kept by its dialog, on %s', async (kind) => {
  const [connector, database] = await Promise.all([startConnector(), newDatabase(kind)]);
  const belay = await startBelay({ env: { DATABASE_URL: database.url } });
  const people = acting(belay.url, connector.url);
  const rows = () => rowsOf(database.url, 'select kind, text, said_by, said_on, link from feedback');
  const saidIn = (place: string) =>
    connector.messages.filter(({ conversation }) => conversation.startsWith(place)).length;

  await people.say(anna, general, 'klant toevoegen Acme');
  await people.say(anna, general, 'klant koppelen Acme intern');
  await people.say(anna, acme, 'klant koppelen Acme gedeeld');
  await eventually(async () =>
    expect(await rowsOf(database.url, 'select kind from client_place')).toHaveLength(2),
  );
  // What linking says in the channel comes after the link itself.
  await eventually(() => expect(saidIn('channel-acme')).toBe(1));
  await people.say(bram, personal(bram), 'help');
  await eventually(() => expect(saidIn(`personal-${bram.id}`)).toBe(1));
  const before = saidIn('channel-acme');

  const picked = await people.extend(bram, acme, { messagePayload });
  expect(picked.body?.task).toMatchObject({ type: 'continue', value: { title: 'Bewaren wat er gezegd is' } });
  const refused = await people.extend(bram, acme, filledIn(picked, { kind: 'complaint', client: 'none' }));
  expect(JSON.stringify(refused.body)).toMatch(/Kies een klant\..*een dag te laat/);
  const [{ id = '' } = {}] = await rowsOf(database.url, 'select id from client');
  const kept = await people.extend(bram, acme, filledIn(refused, { client: `${id}` }));
  expect(JSON.stringify(kept.body)).toMatch(
    /De klacht van Acme is genoteerd.*een dag te laat.*@Bram Bakker belde niet/,
  );
  expect(await rows()).toEqual([
    {
      kind: 'complaint',
      text: 'De levering kwam weer een dag te laat,\nen @Bram Bakker belde niet.\n\nZie <order 7> & verder 🙁',
      said_by: 'Daan Visser',
      said_on: '2026-11-19',
      link: messagePayload.linkToMessage,
    },
  ]);

  const again = await people.extend(anna, acme, { messagePayload });
  expect(JSON.stringify(again.body)).toContain('Bram Bakker heeft dit bericht al bewaard');
  const outside = await people.extend(daan, acme, { messagePayload });
  expect(JSON.stringify(outside.body)).toContain('alleen voor het team');
  expect(await rows()).toHaveLength(1);
  // The owner hears of the complaint alone, and where the client reads along nothing was said.
  await eventually(() => expect(JSON.stringify(connector.messages)).toContain('een dag te laat'));
  expect(saidIn('channel-acme')).toBe(before);
  for (const { conversation, card } of connector.messages)
    if (!conversation.includes('user-0') && !conversation.includes('personal'))
      expect(JSON.stringify(card)).not.toContain('een dag te laat');

  expect(await belay.stop()).toBe(0);
  await Promise.all([connector.stop(), database.remove()]);
});
