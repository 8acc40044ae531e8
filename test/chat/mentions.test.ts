import { describe, expect, it } from 'vitest';
import { readWho } from '../../src/chat/mentions.ts';

describe('whom a text names', () => {
  const eva = { id: 'eva', name: 'Eva Jansen' };
  const evaShort = { id: 'eva2', name: 'Eva' };

  it('is read by the platform’s mention, and the words beside it stay', () => {
    expect(readWho('Acme Nederland @Eva Jansen', [eva], [])).toEqual({
      who: [eva],
      rest: 'Acme Nederland',
      stray: undefined,
    });
  });

  it('is read by a known name too, the longer one first', () => {
    expect(readWho('@eva jansen Acme', [], [evaShort, eva]).who).toEqual([eva]);
    expect(readWho('@Eva @Eva Jansen', [], [evaShort, eva]).who).toEqual([eva, evaShort]);
  });

  it('says which @ means nobody', () => {
    expect(readWho('Acme @iemand', [], [eva])).toEqual({ who: [], rest: 'Acme @iemand', stray: '@iemand' });
    expect(readWho('@Eva Jansens', [], [eva]).stray).toBe('@Eva');
  });

  it('never toils over a text, nor takes a name for a pattern', () => {
    const odd = { id: 'x', name: 'A.*(B)' };
    expect(readWho('@A.*(B) Acme', [odd], []).who).toEqual([odd]);
    expect(readWho('@AAA Acme', [], [odd]).who).toEqual([]);
    expect(readWho(`@${'a'.repeat(100_000)}`, [], [eva]).who).toEqual([]);
  });
});
