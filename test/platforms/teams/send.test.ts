import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { line } from '../../../src/chat/card.ts';
import { type Outgoing, SendError } from '../../../src/chat/platform.ts';
import { sendErrorOf } from '../../../src/platforms/teams/errors.ts';
import { gradeRow, gradesOf } from '../../support/grades.ts';
import { acme, general, personal } from '../../support/teams/acting.ts';
import { anna, bram, daan, startConnector, tenant } from '../../support/teams/connector.ts';
import { openTeams } from '../../support/teams/platform.ts';
import { nps, trend } from '../../support/trends.ts';

let teams: Awaited<ReturnType<typeof openTeams>>;
beforeEach(async () => {
  teams = await openTeams();
  await teams.people.install(anna, acme);
  await teams.people.install(anna, general);
  await teams.people.say(bram, general, 'help');
  await teams.people.say(daan, acme, 'help');
  teams.connector.calls.length = 0;
});
afterEach(() => teams.close());

const send = (message: Partial<Outgoing>) =>
  teams.platform.send({ id: '1', tenant, kind: 'post', audience: 'anyone', card: line('Hallo'), ...message });
const failure = (message: Partial<Outgoing>) =>
  send(message).then(
    () => undefined,
    (error: unknown) => (error instanceof SendError ? [error.failure, error.reason] : error),
  );

describe('where a message goes', () => {
  test('a post starts a thread in its channel, with a summary and never a text', async () => {
    const { ref, link } = await send({ place: 'channel-acme' });
    expect(teams.connector.messages).toMatchObject([{ conversation: 'channel-acme', summary: 'Hallo' }]);
    expect(teams.connector.calls[0]?.body.text).toBeUndefined();
    expect(ref).toContain('"conversation":"channel-acme;messageid=1001"');
    expect(link).toBeUndefined();
  });

  test.each([trend([nps('1 feb', 8, 12), nps('1 mrt', 9, 30)]), gradesOf([gradeRow([7, 8])])])(
    'what has a picture goes with it, in a post and in an update: $kind',
    async (element) => {
      const card = { summary: 'x', elements: [element] };
      const { ref } = await send({ place: 'channel-acme', card });
      const picture = {
        body: [{}, { type: 'Image', url: expect.stringMatching(/^data:image\/png;base64,/) }],
      };
      expect(teams.connector.messages[0]?.card).toMatchObject(picture);
      await send({ kind: 'update', ref });
      expect(JSON.stringify(teams.connector.messages[0]?.card)).not.toContain('Image');
      await send({ kind: 'update', ref, card });
      expect(teams.connector.messages[0]?.card).toMatchObject(picture);
    },
  );

  test('an update finds the message again', async () => {
    const { ref } = await send({ place: 'channel-acme' });
    await send({ kind: 'update', ref, card: line('Anders') });
    expect(teams.connector.messages).toHaveLength(1);
    expect(JSON.stringify(teams.connector.messages[0]?.card)).toContain('Anders');
  });

  test('a person is written to alone: the conversation is opened once and kept', async () => {
    await send({ person: bram.aadObjectId });
    await send({ person: bram.aadObjectId });
    expect(teams.connector.calls.map(({ path }) => path)).toEqual([
      '/v3/conversations',
      '/v3/conversations/a%3Auser-1/activities',
      '/v3/conversations/a%3Auser-1/activities',
    ]);
  });

  test('a conversation the person began is used', async () => {
    await teams.people.say(anna, personal(anna), 'help');
    await send({ person: anna.aadObjectId });
    expect(teams.connector.messages).toMatchObject([{ conversation: 'personal-user-0' }]);
  });

  test('a whisper goes where it was asked', async () => {
    const thread = 'team-id;messageid=5';
    await send({ kind: 'whisper', place: 'team-id', person: bram.aadObjectId, thread, audience: 'internal' });
    expect(teams.connector.messages).toMatchObject([{ conversation: thread }]);
  });

  test('an internal whisper in a shared channel goes to the person alone', async () => {
    const thread = 'channel-acme;messageid=5';
    await send({
      kind: 'whisper',
      place: 'channel-acme',
      person: bram.aadObjectId,
      thread,
      audience: 'internal',
    });
    const [answer, aside] = teams.connector.messages;
    expect(answer).toMatchObject({ conversation: 'a:user-1', summary: 'Hallo' });
    // Where it was asked nothing of it is said, but that it was answered.
    expect(aside).toMatchObject({
      conversation: 'channel-acme;messageid=5',
      summary: 'Ik antwoord in ons eigen gesprek.',
    });
  });

  test('in their own conversation it is answered there, and nothing is said of where', async () => {
    await teams.people.say(anna, personal(anna), 'seintjes');
    teams.connector.calls.length = 0;
    const at = { place: 'personal-user-0', thread: 'personal-user-0', person: anna.aadObjectId };
    for (const audience of ['person', 'internal', 'anyone'] as const)
      await send({ kind: 'whisper', ...at, audience });
    const hello = { conversation: 'personal-user-0', summary: 'Hallo' };
    expect(teams.connector.messages).toEqual([1, 2, 3].map(() => expect.objectContaining(hello)));
  });

  test('where an answer went is said in the language that the answer speaks', async () => {
    const at = { place: 'channel-acme', thread: 'channel-acme;messageid=5', person: bram.aadObjectId };
    const card = { ...line('Hello'), language: 'en' as const };
    await send({ kind: 'whisper', ...at, audience: 'internal', card });
    expect(teams.connector.messages[1]).toMatchObject({ summary: 'I answer in our own chat.' });
  });

  test('an internal whisper never reaches an outsider', async () => {
    const whisper = { kind: 'whisper', place: 'channel-acme', audience: 'internal' } as const;
    expect(await failure({ ...whisper, person: daan.aadObjectId })).toEqual([
      'never',
      'internal_to_outsider',
    ]);
    expect(teams.connector.messages).toEqual([]);
  });

  test('nothing internal is posted or updated where outsiders are', async () => {
    const { ref } = await send({ place: 'channel-acme' });
    const internal = { audience: 'internal' } as const;
    const refused = ['never', 'internal_in_shared_channel'];
    expect(await failure({ place: 'channel-acme', ...internal })).toEqual(refused);
    expect(await failure({ kind: 'update', ref, ...internal })).toEqual(refused);
    expect(await failure({ place: 'unknown', ...internal })).toEqual(refused);
    expect(teams.connector.messages).toHaveLength(1);
  });

  test('a channel is shared when its team is', async () => {
    const reference = JSON.stringify({
      serviceUrl: teams.connector.url,
      bot: '28:belay',
      team: 'team-id',
      channel: true,
    });
    const channel = {
      id: 'c2',
      kind: 'channel',
      shared: false,
      reachable: true,
      reference,
      checkedAt: '2026-11-23T09:00:00Z',
    } as const;
    await teams.memory.directory.savePlace(tenant, channel);
    await send({ place: 'c2', audience: 'internal' });
    const team = await teams.memory.directory.place(tenant, 'team-id');
    if (team) await teams.memory.directory.savePlace(tenant, { ...team, shared: true });
    expect(await failure({ place: 'c2', audience: 'internal' })).toEqual([
      'never',
      'internal_in_shared_channel',
    ]);
  });

  test.each([
    [{ kind: 'home', person: anna.aadObjectId } as const, 'no_home'],
    [{ place: 'unknown' }, 'place_not_reachable'],
    [{ person: 'unknown' }, 'person_not_known'],
    [{}, 'no_target'],
    [{ kind: 'update' } as const, 'no_ref'],
  ])('%o can never be delivered', async (message, reason) => {
    expect(await failure(message)).toEqual(['never', reason]);
    expect(teams.connector.calls).toEqual([]);
  });

  test('a service URL that is not trusted gets no call', async () => {
    const place = await teams.memory.directory.place(tenant, 'channel-acme');
    const reference = place?.reference?.replace('127.0.0.1', 'evil.example');
    if (place) await teams.memory.directory.savePlace(tenant, { ...place, reference });
    expect(await failure({ place: 'channel-acme' })).toEqual(['never', 'service_url_not_trusted']);
  });
});

describe('a post to an outsider alone', () => {
  const toDaan = { person: daan.aadObjectId, audience: 'person' } as const;

  test('goes to the conversation with him', async () => {
    await send(toDaan);
    expect(teams.connector.messages).toMatchObject([{ conversation: 'a:user-3', summary: 'Hallo' }]);
  });

  test.each([
    [403, 'ForbiddenOperationException'],
    [403, 'BotNotInConversationRoster'],
    [403, 'MessageWritesBlocked'],
    [404, 'ConversationNotFound'],
    [400, 'BadSyntax'],
  ])('when Teams does not open it, or takes nothing there (%i %s): never', async (status, code) => {
    teams.connector.faults.push({ status, code });
    expect(await failure(toDaan)).toEqual(['never', `${status} ${code}`]);
    await send(toDaan);
    teams.connector.faults.push({ status, code });
    expect(await failure(toDaan)).toEqual(['never', `${status} ${code}`]);
    expect(teams.connector.messages).toHaveLength(1);
  });

  test.each([{ status: 502 }, 'drop'] as const)(
    'when opening it goes wrong (%o): later, for nothing was sent',
    async (fault) => {
      teams.connector.faults.push(fault);
      expect(await failure(toDaan)).toMatchObject(['later', expect.any(String)]);
      await send(toDaan);
      expect(teams.connector.messages).toHaveLength(1);
    },
  );
});

describe('what a failure means', () => {
  test.each([
    [{ status: 429, retryAfter: 7 }, 'later', 'later', 7000],
    [{ status: 412 }, 'later', 'later', undefined],
    [{ status: 503 }, 'later', 'later', undefined],
    [{ status: 500 }, 'unknown', 'later', undefined],
    [{ status: 502 }, 'unknown', 'later', undefined],
    [{ status: 504 }, 'unknown', 'later', undefined],
    [{ status: 403, code: 'BotNotInConversationRoster' }, 'never', 'never', undefined],
    [{ status: 403, code: 'MessageWritesBlocked' }, 'never', 'never', undefined],
    [{ status: 401 }, 'never', 'never', undefined],
    [{ status: 404, code: 'ConversationNotFound' }, 'never', 'never', undefined],
    [{ status: 413, code: 'MessageSizeTooBig' }, 'never', 'never', undefined],
    [{ status: 307 }, 'never', 'never', undefined],
    ['drop', 'unknown', 'later', undefined],
  ] as const)('%o: a post is %s, an update %s; tried once', async (fault, post, update, afterMs) => {
    const { ref } = await send({ place: 'channel-acme' });
    teams.connector.calls.length = 0;
    teams.connector.faults.push(fault, fault);
    await expect(send({ place: 'channel-acme' })).rejects.toMatchObject({
      name: 'SendError',
      failure: post,
      afterMs,
    });
    await expect(send({ kind: 'update', ref })).rejects.toMatchObject({
      name: 'SendError',
      failure: update,
      afterMs,
    });
    expect(teams.connector.calls).toHaveLength(2);
  });

  test('a connection that is refused: later', async () => {
    const gone = await startConnector();
    await gone.stop();
    const place = await teams.memory.directory.place(tenant, 'channel-acme');
    const reference = place?.reference?.replace(teams.connector.url, gone.url);
    if (place) await teams.memory.directory.savePlace(tenant, { ...place, reference });
    expect(await failure({ place: 'channel-acme' })).toEqual(['later', 'ECONNREFUSED']);
  });

  test('an answer that never comes is unknown after ten seconds', () => {
    // What the SDK throws when its own timeout has passed; waiting for it would take the ten seconds.
    const timedOut = Object.assign(new Error('The operation was aborted.'), { name: 'AbortError' });
    expect(sendErrorOf(timedOut, 'post')).toMatchObject({ failure: 'unknown', reason: 'AbortError' });
    expect(sendErrorOf(timedOut, 'update')).toMatchObject({ failure: 'later' });
  });

  test('without a token nothing was sent', () => {
    const login = (errorCode: string) =>
      Object.assign(new Error('AADSTS'), { name: 'ServerError', errorCode });
    expect(sendErrorOf(login('invalid_client'), 'post')).toMatchObject({
      failure: 'never',
      reason: 'invalid_client',
    });
    expect(sendErrorOf(login('network_error'), 'post')).toMatchObject({ failure: 'later' });
  });

  test('what was written never stands in the reason', async () => {
    teams.connector.faults.push({ status: 403 });
    await expect(send({ place: 'channel-acme' })).rejects.toMatchObject({ reason: '403 ServiceError' });
  });
});
