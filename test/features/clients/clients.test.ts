import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Contact,
  eachOnce,
  matchClient,
  nameAndRest,
  plainName,
  quadrantOf,
} from '../../../src/features/clients/clients.ts';

const clients = ['Acme', 'Acme Nederland', 'Café Zuid', 'Support'].map((name) => ({ name }));

describe('a name', () => {
  it.each([
    ['acme', 'Acme'],
    ['  ACME   nederland ', 'Acme Nederland'],
    ['cafe', 'Café Zuid'],
    ['acme n', 'Acme Nederland'],
    ['sup', 'Support'],
  ])('%s means %s', (typed, name) => {
    expect(matchClient(clients, typed)).toEqual({ kind: 'one', client: { name } });
  });

  it('that several begin with is asked back', () => {
    expect(matchClient(clients, 'a')).toMatchObject({
      kind: 'many',
      clients: [{ name: 'Acme' }, { name: 'Acme Nederland' }],
    });
  });

  it('that is none is answered with the nearest', () => {
    expect(matchClient(clients, 'suport')).toEqual({ kind: 'none', nearest: { name: 'Support' } });
    expect(matchClient(clients, 'zebra')).toEqual({ kind: 'none', nearest: undefined });
    expect(matchClient(clients, '')).toEqual({ kind: 'none', nearest: undefined });
  });

  it('always means the client that has it, whatever case and accents', () => {
    const name = fc.string({ minLength: 1, maxLength: 80 }).filter((one) => plainName(one) !== '');
    fc.assert(
      fc.property(fc.uniqueArray(name, { selector: plainName, minLength: 1 }), (names) => {
        const all = names.map((one) => ({ name: one }));
        for (const client of all)
          for (const typed of [client.name, ` ${client.name} `, plainName(client.name)])
            expect(matchClient(all, typed)).toEqual({ kind: 'one', client });
      }),
    );
  });

  it('is the longest that begins a text', () => {
    expect(nameAndRest(clients, 'acme nederland Eva Jansen')).toEqual({
      client: { name: 'Acme Nederland' },
      rest: 'Eva Jansen',
    });
    expect(nameAndRest(clients, 'Eva Jansen')).toBeUndefined();
  });

  it('is found in no time, however long the text is', () => {
    const many = Array.from({ length: 200 }, (_, at) => ({ name: `Klant ${at}` }));
    const started = performance.now();
    expect(nameAndRest(many, 'x '.repeat(5000))).toBeUndefined();
    expect(nameAndRest(many, `klant 7 ${'x '.repeat(5000)}`)).toMatchObject({ client: { name: 'Klant 7' } });
    expect(matchClient(many, 'x'.repeat(100_000))).toEqual({ kind: 'none', nearest: undefined });
    // Half a minute, when each beginning was compared with each name.
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

it('derives what to do from what is known and who knows its need', () => {
  const quadrants = [true, false].flatMap((known) =>
    [true, false, undefined].map((knowsNeed) => quadrantOf(known, { knowsNeed })),
  );
  expect(quadrants).toEqual(['meet', 'inspire', undefined, 'grow-closer', 'wait', undefined]);
});

const blank = { role: undefined, language: undefined, person: undefined, email: undefined, listed: true };

describe('the contacts', () => {
  it('are each named once, and with all that is known', () => {
    const listed: Contact[] = [
      { ...blank, id: '1', name: 'Eva', email: 'eva@acme.example' },
      { ...blank, id: '2', name: 'Eva Jansen', person: 'eva' },
      { ...blank, id: '3', name: 'Finn Mulder', person: 'finn' },
    ];
    const found = [
      { id: 'eva', name: 'Eva Jansen', email: 'Eva@acme.example', language: 'en' as const },
      { id: 'finn', name: 'Finn', email: 'finn@acme.example' },
      { id: 'daan', name: 'Daan Visser' },
      { id: 'daan', name: 'Daan Visser' },
    ];
    expect(eachOnce(listed, found)).toEqual([
      { ...blank, id: '1', name: 'Eva', person: 'eva', email: 'eva@acme.example', language: 'en' },
      { ...blank, id: '3', name: 'Finn Mulder', person: 'finn', email: 'finn@acme.example' },
      { ...blank, id: 'person:daan', name: 'Daan Visser', person: 'daan', listed: false },
    ]);
  });

  it('are never doubled, by person or by address', () => {
    const person = fc.option(fc.constantFrom('anna', 'eva', 'finn', 'daan'), { nil: undefined });
    const email = fc.option(fc.constantFrom('a@x.example', 'A@X.example', 'b@x.example'), { nil: undefined });
    const listed = fc.array(
      fc.record({ id: fc.uuid(), name: fc.string(), person, email }).map((one) => ({ ...blank, ...one })),
    );
    const others = fc.array(
      fc.record({ id: fc.constantFrom('anna', 'eva', 'finn', 'daan'), name: fc.string(), email }),
    );
    fc.assert(
      fc.property(listed, others, (kept, met) => {
        const contacts = eachOnce(kept, met);
        for (const key of ['person', 'email'] as const) {
          const values = contacts.flatMap((one) => one[key]?.toLowerCase() ?? []);
          expect(new Set(values).size).toBe(values.length);
        }
      }),
    );
  });
});
