import { describe, expect, it } from 'vitest';
import type { Right } from '../src/chat/feature.ts';
import type { Person, What } from '../src/chat/request.ts';
import { featuresOf } from '../src/features/features.ts';
import { eachDatabase } from './support/databases.ts';
import { openTeamHouse } from './support/expectation-house.ts';
import { acme, bram, daan, direct, eva, refusalOf } from './support/house.ts';

/**
 * The matrix of rights: every handler there is, made from the features themselves, against everybody who may not use it.
 * A new kind of handler that is not taken up here does not compile, a new handler on messages fails until it is named.
 */

type Handler = { name: string; who: Right; what: What };

const message = { text: 'Te laat', link: 'https://ons.slack.com/archives/C1/p1' };

const handlers: Handler[] = featuresOf({ sandbox: true }).flatMap((feature) => {
  const { commands = [], presses = {}, forms = {}, messages = {} } = feature;
  return [
    ...commands.map(({ name, who, words }) => ({
      name,
      who,
      what: { kind: 'command' as const, text: words.nl[0] ?? '', mentions: [] },
    })),
    ...Object.entries(presses).map(([name, { who }]) => ({
      name,
      who,
      what: { kind: 'press' as const, name, subject: 'c1' },
    })),
    ...Object.entries(forms).map(([name, { who }]) => ({
      name,
      who,
      what: { kind: 'submit' as const, name, subject: 'c1', fields: {} },
    })),
    ...Object.entries(messages).map(([name, { who }]) => ({
      name,
      who,
      what: { kind: 'message' as const, name, message },
    })),
  ];
});

/** Each kind of what is said, and whether somebody's right to it is checked; the others nobody asked for. */
const kinds: Record<What['kind'], boolean> = {
  command: true,
  press: true,
  submit: true,
  message: true,
  event: false,
  meeting: false,
};

/** Who may do what with a message. */
const onMessages: Record<string, Right> = { 'feedback.keep': 'member' };

const guarded = handlers.filter(({ who }) => who !== 'anyone');

it('knows every kind of handler, and each that works on a message', () => {
  const found = new Set(handlers.map(({ what }) => what.kind));
  const checked = Object.entries(kinds).flatMap(([kind, isChecked]) => (isChecked ? [kind] : []));
  expect([...found].toSorted()).toEqual(checked.toSorted());
  const messages = handlers.filter(({ what }) => what.kind === 'message');
  expect(Object.fromEntries(messages.map(({ name, who }) => [name, who]))).toEqual(onMessages);
  expect(guarded.length).toBeGreaterThan(100);
});

const outsiders: [string, Person][] = [
  ['a contact of the client', daan],
  ['a guest', { ...eva, id: 'guest' }],
  ['whoever is not known just now', { ...bram, id: 'nobody', outsider: true, unknown: true }],
];

eachDatabase((_, open) => {
  describe.each(outsiders)('%s', (_who, person) => {
    it('may use none of what is for the team, and leaves nothing behind', async () => {
      const belay = await openTeamHouse(await open());
      const before = await belay.store.db.selectFrom('inbox').selectAll().execute();
      for (const place of [acme, direct])
        for (const { name, what } of guarded) {
          const outcome = await belay.hear(belay.request(person, place, what));
          expect([name, what.kind, refusalOf(outcome)]).toEqual([
            name,
            what.kind,
            'Dit is alleen voor het team dat Belay gebruikt.',
          ]);
        }
      // A refusal undoes all that it did, even that it was heard.
      expect(await belay.store.db.selectFrom('inbox').selectAll().execute()).toEqual(before);
      expect(await belay.settle()).toEqual([]);
    });
  });

  it('refuses a member who administers nothing what is for administrators', async () => {
    const belay = await openTeamHouse(await open());
    const forAdmins = guarded.filter(({ who }) => who === 'admin');
    expect(forAdmins.length).toBeGreaterThan(0);
    for (const { name, what } of forAdmins)
      expect([name, refusalOf(await belay.hear(belay.request(bram, direct, what)))]).toEqual([
        name,
        expect.stringContaining('alleen een beheerder'),
      ]);
  });
});
