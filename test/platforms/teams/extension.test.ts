import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { line } from '../../../src/chat/card.ts';
import type { Form } from '../../../src/chat/form.ts';
import { activitySchema, isDirect, read } from '../../../src/platforms/teams/parse.ts';
import { acme, general, personal, type Where } from '../../support/teams/acting.ts';
import { complaintsAbout, parts } from '../../support/teams/adaptive-card.ts';
import { anna, bram, daan } from '../../support/teams/connector.ts';
import { openTeams } from '../../support/teams/platform.ts';

function fixture(name: string) {
  return JSON.parse(readFileSync(new URL(`../../fixtures/teams/${name}.json`, import.meta.url), 'utf8'));
}

const picked = fixture('message-picked');
const payload = picked.value.messagePayload;
/** What is heard of a message with this in the place of something of it. */
const heardOf = (change: object) =>
  read(
    activitySchema.parse({
      ...picked,
      value: { ...picked.value, messagePayload: { ...payload, ...change } },
    }),
  );

describe('what the message extension sends', () => {
  test('is the message that was picked: plain words, its link, who wrote it and when', () => {
    expect(read(activitySchema.parse(picked))).toEqual({
      kind: 'picked',
      name: 'feedback.keep',
      message: {
        text: 'De levering kwam weer een dag te laat,\nen @Bram Bakker belde niet.\n\nZie <order 7> & verder 🙁',
        link: payload.linkToMessage,
        at: Temporal.Instant.from('2026-11-19T21:30:00.123Z'),
        unfit: undefined,
      },
      author: { id: '00000000-0000-0000-0000-0000000000a3', name: 'Daan Visser', foreign: true },
    });
  });

  test('is what was filled in in its dialog', () => {
    expect(read(activitySchema.parse(fixture('message-kept')))).toMatchObject({
      kind: 'said',
      what: {
        kind: 'submit',
        name: 'feedback.keep',
        subject: undefined,
        fields: { kind: 'complaint', client: 'c1', text: 'Weer te laat', day: '2026-11-19' },
      },
    });
  });

  test.each([
    ['an app', { from: { application: { id: 'x', displayName: 'Jira' }, user: null } }],
    ['an app for a person', { from: { ...payload.from, application: { id: 'x' } } }],
    ['nobody', { from: null }],
    ['Teams itself', { messageType: 'event' }],
  ])('says that %s wrote it', (_, change) => {
    expect(heardOf(change)).toMatchObject({ message: { unfit: 'app' }, author: undefined });
  });

  test.each([
    [
      'plain text stays as it is',
      { body: { contentType: 'text', content: 'a <b>\nc & d' } },
      { text: 'a <b>\nc & d' },
    ],
    [
      'a subject stands above it',
      { subject: 'Levering' },
      { text: expect.stringMatching(/^Levering\nDe levering/) },
    ],
    [
      'a file alone has no words',
      { body: { contentType: 'html', content: '<attachment id="1"></attachment>' } },
      { text: '' },
    ],
    ['nothing at all has none', { body: null }, { text: '' }],
    [
      'no link and no time are none',
      { linkToMessage: null, createdDateTime: 'yesterday' },
      { link: undefined, at: undefined },
    ],
  ])('%s', (_, change, message) => {
    expect(heardOf(change)).toMatchObject({ kind: 'picked', message });
  });

  test.each([
    ['aadUser', false],
    ['onPremiseAadUser', false],
    ['federatedUser', true],
    ['anonymousGuest', true],
    ['personalMicrosoftAccountUser', true],
    ['emailUser', true],
  ])('of %s: of another organisation is %s', (userIdentityType, foreign) => {
    const user = { ...payload.from.user, userIdentityType };
    expect(heardOf({ from: { user } })).toMatchObject({ author: { foreign } });
  });

  test.each([
    { ...picked.value, commandId: 'constructor' },
    { ...picked.value, messagePayload: undefined },
    { ...picked.value, messagePayload: { ...payload, body: 'text' } },
    null,
    'text',
  ])('%# of another shape is not heard', (value) => {
    expect(read(activitySchema.parse({ ...picked, value }))).toEqual({ kind: 'ignored', unreadable: true });
  });

  test('between two people is no conversation with Belay', () => {
    const conversation = { ...picked.conversation, conversationType: 'personal' };
    expect(isDirect(activitySchema.parse({ ...picked, conversation }))).toBe(false);
    expect(isDirect(activitySchema.parse({ ...fixture('press'), conversation }))).toBe(true);
  });
});

describe('over HTTP', () => {
  let teams: Awaited<ReturnType<typeof openTeams>>;
  beforeEach(async () => {
    teams = await openTeams();
  });
  afterEach(() => teams.close());

  const form: Form = {
    name: 'feedback.keep',
    title: 'Bewaren wat er gezegd is',
    fields: [{ id: 'text', label: 'Wat er staat', kind: 'text', maxLength: 100, value: '<b>Te *laat*' }],
    send: 'Bewaren',
    cancel: 'Annuleren',
  };
  const shownIn = (body: { task?: { type: string; value: unknown } } | undefined) => body?.task;
  const cardIn = (body: Parameters<typeof shownIn>[0]): object => {
    const card = parts(body?.task?.value).find(({ type }) => type === 'AdaptiveCard');
    if (!card) throw new Error(`No card: ${JSON.stringify(body)}`);
    return card;
  };

  test('a picked message is heard with who wrote it, and its form comes back as a dialog', async () => {
    await teams.people.say(daan, acme, 'help');
    teams.answer.next = async () => ({ kind: 'ask', form });
    const { status, body } = await teams.people.extend(bram, acme, { messagePayload: payload });
    expect(status).toBe(200);
    expect(teams.heard.at(-1)).toMatchObject({
      person: { id: bram.aadObjectId, outsider: false },
      place: { id: 'channel-acme', shared: true },
      what: {
        kind: 'message',
        name: 'feedback.keep',
        message: { author: { name: 'Daan Visser', outsider: true } },
      },
      returns: 'card',
    });
    expect(shownIn(body)).toMatchObject({
      type: 'continue',
      value: {
        title: 'Bewaren wat er gezegd is',
        card: { contentType: 'application/vnd.microsoft.card.adaptive' },
      },
    });
    const card = cardIn(body);
    expect(complaintsAbout(card)).toEqual([]);
    const actions = parts(card).filter(({ type }) => `${type}`.startsWith('Action.'));
    expect(actions).toMatchObject([{ type: 'Action.Submit', data: { verb: 'feedback.keep', form: true } }]);
    expect(JSON.stringify(card)).toContain('<b>Te *laat*');
    // Nothing was said in the channel, nor anywhere.
    expect(teams.connector.messages.filter(({ conversation }) => conversation.startsWith('channel'))).toEqual(
      [],
    );
  });

  test('of somebody whom an administrator counts among the team, or a guest, the directory knows best', async () => {
    await teams.people.say(daan, acme, 'help');
    const user = {
      ...payload.from.user,
      userIdentityType: 'aadUser',
      id: daan.aadObjectId,
      displayName: 'D',
    };
    await teams.people.extend(bram, acme, { messagePayload: { ...payload, from: { user } } });
    await teams.people.extend(bram, acme, {
      messagePayload: {
        ...payload,
        from: { user: { ...user, id: anna.aadObjectId, userIdentityType: 'federatedUser' } },
      },
    });
    expect(teams.heard.slice(-2).map(({ what }) => what)).toMatchObject([
      { message: { author: { name: 'Daan Visser', outsider: true } } },
      { message: { author: { name: 'Anna de Vries', outsider: false } } },
    ]);
  });

  test('the answer stands in the dialog, its buttons work there, and a link opens', async () => {
    teams.answer.next = async () => ({
      kind: 'answer',
      card: {
        summary: 'x',
        elements: [
          { kind: 'text', text: 'Genoteerd' },
          {
            kind: 'buttons',
            buttons: [
              {
                press: 'feedback.take',
                subject: 'f1',
                label: 'Ik pak het op',
                confirm: { title: 'a', text: 'b', yes: 'c', no: 'd' },
              },
              { press: 'feedback.details', subject: 'f1', label: 'Aanvullen' },
              { url: 'https://acme.example', label: 'Openen' },
            ],
          },
        ],
      },
    });
    const { body } = await teams.people.extend(bram, acme, {
      data: { verb: 'feedback.keep', form: true, kind: 'complaint', text: ' Te laat ', link: '' },
    });
    expect(teams.heard.at(-1)?.what).toEqual({
      kind: 'submit',
      name: 'feedback.keep',
      subject: undefined,
      fields: { kind: 'complaint', text: ' Te laat ' },
    });
    const card = cardIn(body);
    expect(complaintsAbout(card)).toEqual([]);
    expect(JSON.stringify(card)).not.toContain('Action.Execute');
    const submits = parts(card).filter(({ type }) => type === 'Action.Submit');
    expect(submits.map(({ data }) => data)).toEqual([
      { verb: 'feedback.take', id: 'f1' },
      { verb: 'feedback.details', id: 'f1' },
    ]);
    await teams.people.extend(bram, acme, { data: { verb: 'feedback.details', id: 'f1' } });
    expect(teams.heard.at(-1)?.what).toMatchObject({
      kind: 'press',
      name: 'feedback.details',
      subject: 'f1',
    });
  });

  test('a refusal comes in the dialog: with the form and what was typed, or with what to do instead', async () => {
    teams.answer.next = async () => ({
      kind: 'refused',
      text: 'Kies een klant.',
      card: line('Kies een klant.'),
      form,
    });
    const again = await teams.people.extend(bram, acme, { data: { verb: 'feedback.keep', form: true } });
    expect(JSON.stringify(cardIn(again.body))).toMatch(/Kies een klant\..*Te \*laat\*/);
    teams.answer.next = async () => ({ kind: 'refused', text: 'Nee.', card: line('Nee.') });
    const { body } = await teams.people.extend(bram, acme, { messagePayload: payload });
    expect(JSON.stringify(cardIn(body))).toContain('Nee.');
  });

  test.each(['nothing', 'duplicate'] as const)('%s ends the dialog with a sign', async (kind) => {
    teams.answer.next = async () => ({ kind });
    const { body } = await teams.people.extend(bram, acme, { data: { verb: 'feedback.take', id: 'f1' } });
    expect(shownIn(body)).toEqual({ type: 'message', value: '✓' });
  });

  test('what could not be stored, or not be read, is told in words', async () => {
    teams.answer.next = async () => Promise.reject(new Error('disk full'));
    const failed = await teams.people.extend(bram, acme, { messagePayload: payload });
    expect(shownIn(failed.body)).toEqual({ type: 'message', value: expect.stringContaining('ging mis') });
    const count = teams.heard.length;
    const unread = await teams.people.extend(bram, acme, { messagePayload: { body: 7 } });
    expect(shownIn(unread.body)).toEqual({ type: 'message', value: expect.stringContaining('ging mis') });
    expect(teams.heard).toHaveLength(count);
    expect(teams.log.join('')).not.toMatch(/levering|Daan/);
  });

  test('where Belay is not, it learns nothing of the place, and takes it for no conversation with itself', async () => {
    const own = personal(bram);
    await teams.people.say(bram, own, 'help');
    const before = JSON.stringify([...teams.memory.places]);
    const reference = teams.memory.people.get(bram.aadObjectId)?.reference;
    const between: Where = { conversation: '19:bram_daan@unq.gbl.spaces' };
    await teams.people.extend(bram, between, { messagePayload: payload });
    expect(teams.heard.at(-1)).toMatchObject({
      person: { id: bram.aadObjectId, outsider: false },
      place: { id: between.conversation, kind: 'channel', shared: true, reachable: false },
    });
    expect(JSON.stringify([...teams.memory.places])).toBe(before);
    expect(teams.memory.people.get(bram.aadObjectId)?.reference).toBe(reference);
    await teams.people.extend(bram, own, { messagePayload: payload });
    expect(teams.heard.at(-1)?.place).toMatchObject({ kind: 'direct', shared: false });
  });

  test('the client’s people are outsiders here too', async () => {
    await teams.people.extend(daan, general, { messagePayload: payload });
    expect(teams.heard.at(-1)?.person).toMatchObject({ outsider: true });
  });
});
