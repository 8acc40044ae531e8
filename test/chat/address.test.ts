import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAddresses } from '../../src/chat/address.ts';

describe('a list of addresses', () => {
  it('is read however people write one', () => {
    const text =
      'Eva Jansen <Eva@acme.example>, finn@acme.example;\n "Daan Visser" <mailto:daan@acme.example>\n\n';
    expect(readAddresses(text)).toEqual({
      wrong: undefined,
      contacts: [
        { address: 'eva@acme.example', name: 'Eva Jansen' },
        { address: 'finn@acme.example', name: 'finn@acme.example' },
        { address: 'daan@acme.example', name: 'Daan Visser' },
      ],
    });
  });

  it('names each once', () => {
    expect(readAddresses('a@acme.example\nA@acme.example').contacts).toHaveLength(1);
  });

  it.each(['eva', 'eva@acme', 'a@acme.example b@acme.example', 'x <eva@acme.example', '@acme.example'])(
    'says which one is wrong: %s',
    (wrong) => {
      expect(readAddresses(`finn@acme.example\n${wrong}`)).toEqual({ contacts: [], wrong });
    },
  );

  it('holds nothing but addresses, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const { address, name } of readAddresses(text).contacts) {
          expect(address).toMatch(/^[^\s<>"]+@[^\s<>"]+$/);
          expect(name).not.toMatch(/[\r\n<>"]/);
        }
      }),
    );
  });
});
