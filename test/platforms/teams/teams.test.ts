import { createSign, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { line } from '../../../src/chat/card.ts';
import type { Outcome } from '../../../src/chat/platform.ts';
import { isTrustedServiceUrl } from '../../../src/platforms/teams/service-url.ts';
import { acme, general, personal } from '../../support/teams/acting.ts';
import { anna, bram, daan, tenant } from '../../support/teams/connector.ts';
import { openTeams } from '../../support/teams/platform.ts';
import { untrusted } from '../../support/teams/untrusted.ts';
import { nps, trend } from '../../support/trends.ts';

let teams: Awaited<ReturnType<typeof openTeams>>;
beforeEach(async () => {
  teams = await openTeams();
});
afterEach(() => teams.close());

const posted = { conversation: 'channel-acme', id: '1', card: {}, summary: '' };
const vote = (outcome: Outcome) => {
  teams.answer.next = async () => outcome;
  return teams.people.press(daan, acme, posted, 'polls.vote.7', { id: 'p1' });
};

describe('hearing in the sandbox', () => {
  test('a mention in a channel becomes a command of who said it, where', async () => {
    const { status } = await teams.people.say(anna, acme, 'nps vragen');
    expect(status).toBe(200);
    expect(teams.heard).toEqual([
      {
        key: expect.stringMatching(/^teams:channel-acme;messageid=\d+:[\da-f-]{36}$/),
        platform: 'teams',
        tenant,
        person: expect.objectContaining({
          id: anna.aadObjectId,
          name: 'Anna de Vries',
          outsider: false,
          admin: true,
        }),
        place: expect.objectContaining({
          id: 'channel-acme',
          kind: 'channel',
          name: 'Acme',
          shared: true,
          members: 6,
          outsiders: 3,
        }),
        what: { kind: 'command', text: 'nps vragen', mentions: [] },
        returns: 'nothing',
        thread: expect.stringMatching(/^channel-acme;messageid=/),
      },
    ]);
  });

  test('the Playground’s language and time zone do not count', async () => {
    await teams.people.say(anna, personal(anna), 'help');
    expect(teams.heard[0]?.person).toMatchObject({ language: undefined, timeZone: undefined });
    expect(teams.heard[0]?.place).toMatchObject({ kind: 'direct', shared: false });
  });

  test('the client’s people are outsiders, and General stays internal when they speak there', async () => {
    await teams.people.say(daan, general, 'help');
    await teams.people.say(daan, general, 'help');
    expect(teams.heard[1]?.person).toMatchObject({ outsider: true, admin: false });
    expect(teams.heard[1]?.place).toMatchObject({ shared: false });
  });

  test('people and places are asked about once, not for each vote', async () => {
    for (let n = 0; n < 5; n += 1) await vote({ kind: 'nothing' });
    expect(teams.connector.calls.map(({ path }) => path)).toEqual([
      '/v3/conversations/channel-acme/members/user-3',
      '/v3/conversations/channel-acme/pagedmembers',
    ]);
  });

  test('added twice is heard twice, with one look at who is there each', async () => {
    await teams.people.install(bram, acme);
    expect(teams.heard.map(({ what }) => what)).toEqual([
      { kind: 'event', name: 'added' },
      { kind: 'event', name: 'added' },
    ]);
    expect(teams.heard[0]?.place).toMatchObject({ name: 'Acme', reachable: true });
  });

  test('after a removal the place is not reachable; when Belay is added again it is', async () => {
    await teams.people.install(anna, acme);
    await teams.people.uninstall(anna, acme);
    expect(teams.heard.at(-1)).toMatchObject({ what: { name: 'removed' }, place: { reachable: false } });
    await teams.people.install(anna, acme);
    expect(teams.memory.places.get(`${tenant} channel-acme`)).toMatchObject({ reachable: true });
  });

  test('a mention of somebody carries the id that person has in Belay', async () => {
    const mention = {
      type: 'mention',
      mentioned: { id: 'user-1', name: 'Bram Bakker' },
      text: '<at>Bram Bakker</at>',
    };
    const what = { type: 'message', text: 'klant manager Acme <at>Bram Bakker</at>', entities: [mention] };
    await teams.people.post(teams.people.activity(anna, acme, what));
    expect(teams.heard[0]?.what).toMatchObject({ mentions: [{ id: bram.aadObjectId, name: 'Bram Bakker' }] });
  });
});

describe('answers to a press', () => {
  test('a card takes the place of the pressed one', async () => {
    const { body } = await vote({ kind: 'answer', card: line('Dank') });
    expect(body).toMatchObject({
      statusCode: 200,
      type: 'application/vnd.microsoft.card.adaptive',
      value: { type: 'AdaptiveCard', version: '1.5' },
    });
  });

  test('a card with a trend goes back with its picture', async () => {
    const rounds = trend([nps('1 feb', 8, 12), nps('1 mrt', 9, 30)]);
    const { body } = await vote({ kind: 'answer', card: { summary: 'x', elements: [rounds] } });
    expect(body?.value).toMatchObject({ body: [{}, { type: 'Image', altText: 'In woorden.' }] });
  });

  test('a form comes as a card with inputs', async () => {
    const form = { name: 'polls.why', title: 'Waarom', fields: [], send: 'Versturen', cancel: 'Nee' };
    const { body } = await vote({ kind: 'ask', form });
    expect(body?.type).toBe('application/vnd.microsoft.card.adaptive');
    expect(JSON.stringify(body?.value)).toContain('"verb":"polls.why"');
  });

  test('a refusal is a line, so that the card and what was typed stay', async () => {
    const { body } = await vote({ kind: 'refused', text: 'Dat kan niet.', card: line('Dat kan niet.') });
    expect(body).toEqual({
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: 'Dat kan niet.',
    });
  });

  test('a refusal that brings the form comes in it, above what was typed', async () => {
    const fields = [{ kind: 'text' as const, id: 'when', label: 'Wanneer?', maxLength: 20, value: 'ooit' }];
    const form = { name: 'a.b', title: 'Plannen', fields, send: 'Ja', cancel: 'Nee' };
    const { body } = await vote({
      kind: 'refused',
      text: 'Dat kan niet.',
      card: line('Dat kan niet.'),
      form,
    });
    expect(body?.type).toBe('application/vnd.microsoft.card.adaptive');
    expect(JSON.stringify(body?.value)).toMatch(/Plannen.*Dat kan niet\..*"value":"ooit"/);
  });

  test.each(['nothing', 'duplicate'] as const)('%s leaves the card as it is', async (kind) => {
    const { status, body } = await vote({ kind });
    expect(status).toBe(200);
    expect(body?.type).toBe('application/vnd.microsoft.activity.message');
  });

  test('when it could not be stored the person is told so, in words', async () => {
    teams.answer.next = async () => Promise.reject(new Error('disk full'));
    const { status, body } = await teams.people.press(daan, acme, posted, 'polls.vote.7', { id: 'p1' });
    expect(status).toBe(200);
    expect(body?.type).toBe('application/vnd.microsoft.activity.message');
    expect(body?.value).toMatch(/mis|fout/i);
    expect(teams.log.join('')).toContain('disk full');
  });

  test('a message that could not be stored is answered with 500, so that Teams sends it again', async () => {
    teams.answer.next = async () => Promise.reject(new Error('disk full'));
    expect(await teams.people.say(anna, acme, 'help')).toMatchObject({ status: 500 });
  });

  test('a refused command is told to the one who typed it, not before the client', async () => {
    teams.answer.next = async () => ({ kind: 'refused', text: 'Nee.', card: line('Nee.') });
    await teams.people.say(anna, acme, 'dans');
    expect(teams.connector.messages).toMatchObject([
      { summary: 'Nee.', conversation: 'a:user-0' },
      {
        summary: 'Ik antwoord in ons eigen gesprek.',
        conversation: expect.stringMatching(/^channel-acme;messageid=/),
      },
    ]);
  });
});

describe('what comes over HTTP', () => {
  const post = (body: string) => fetch(`${teams.url}/api/messages`, { method: 'POST', body });

  test('no JSON is 400, no activity is 400, too much is 413', async () => {
    expect((await post('{')).status).toBe(400);
    expect((await post('{"type":"message"}')).status).toBe(400);
    expect((await post('{}')).status).toBe(400);
    expect((await post(JSON.stringify({ text: 'x'.repeat(1_000_001) }))).status).toBe(413);
    expect(teams.heard).toEqual([]);
  });

  test.each(untrusted.filter((url) => !isTrustedServiceUrl(url, true)))(
    'the service URL %s is refused and nobody is called',
    async (serviceUrl) => {
      const said = { ...teams.people.activity(anna, acme, { type: 'message', text: 'help' }), serviceUrl };
      expect(await teams.people.post(said)).toMatchObject({ status: 403 });
      expect(teams.heard).toEqual([]);
      expect(teams.connector.calls).toEqual([]);
    },
  );

  test('a service URL somewhere else on the network opens no socket', async () => {
    let sockets = 0;
    const elsewhere = createServer(() => (sockets += 1)).listen(0, '127.0.0.2');
    await new Promise((listening) => elsewhere.once('listening', listening));
    const address = elsewhere.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const said = teams.people.activity(anna, acme, { type: 'message', text: 'help' });
    await teams.people.post({ ...said, serviceUrl: `http://127.0.0.2:${port}/` });
    expect(sockets).toBe(0);
    await new Promise((closed) => elsewhere.close(closed));
  });
});

describe('with credentials', () => {
  const config = {
    appId: '0f8fad5b-d9cb-469f-a165-70867728950e',
    password: 'a-password-for-the-test',
    tenantId: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
  };

  function selfSigned(): string {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: 'https://api.botframework.com', aud: config.appId, nbf: now - 60, exp: now + 600 };
    const signed = `${part({ alg: 'RS256', typ: 'JWT', kid: 'own' })}.${part(claims)}`;
    return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`;
  }

  test.each([
    ['no token', undefined],
    ['rubbish', 'Bearer rubbish'],
    ['another scheme', 'Basic dXNlcjp3b3Jk'],
    ['a token somebody signed himself', `Bearer ${selfSigned()}`],
    ['a token that needs no signature', `Bearer ${selfSigned().replace(/^[^.]+/, 'eyJhbGciOiJub25lIn0')}`],
  ])('%s is 401', async (_, authorization) => {
    const strict = await openTeams(config);
    const said = strict.people.activity(anna, acme, { type: 'message', text: 'help' });
    const real = { ...said, serviceUrl: 'https://smba.trafficmanager.net/emea/' };
    const { status, body } = await strict.people.post(real, authorization ? { authorization } : {});
    expect(status).toBe(401);
    expect(body).toBeUndefined();
    expect(strict.heard).toEqual([]);
    await strict.close();
  });

  test.each(['{', '{"type":"message"}', '{}', '[]', 'null'])('%s without a token is 401', async (body) => {
    const strict = await openTeams(config);
    const { status } = await fetch(`${strict.url}/api/messages`, { method: 'POST', body });
    expect(status).toBe(401);
    await strict.close();
  });
});
