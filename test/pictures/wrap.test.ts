import { describe, expect, test } from 'vitest';
import { pixelsOf } from '../../src/pictures/paint.ts';
import { wrapped } from '../../src/pictures/wrap.ts';

const space = { room: 590, fontSize: 27, lines: 2 };

describe('a text in lines', () => {
  test('breaks between words', () => {
    expect(wrapped('Elke maand een overzicht', space)).toEqual(['Elke maand een overzicht']);
    expect(wrapped('Facturen kloppen en zijn zonder uitleg te begrijpen', space)).toEqual([
      'Facturen kloppen en zijn zonder uitleg te',
      'begrijpen',
    ]);
    expect(wrapped(' \n ', space)).toEqual([]);
  });

  test('ends in an ellipsis after its last line', () => {
    const lines = wrapped('Als er een storing is, belt iemand ons binnen een uur. '.repeat(3), space);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/\S…$/);
    expect(wrapped('Iedere wijziging wordt vooraf met ons afgestemd', { ...space, lines: 1 })).toEqual([
      expect.stringMatching(/^Iedere wijziging wordt vooraf .*\S…$/),
    ]);
  });

  test('breaks a word that no line has room for, and loses no letter of it', () => {
    const word = 'hardwarevervangingsonderdelenvoorraadbeheersysteem';
    expect(wrapped(word, space).join('')).toBe(word);
    expect(wrapped(`De ${word}`, { ...space, lines: 1 })[0]).toMatch(/^De hardware.*…$/);
  });

  test.each([
    'Als er een storing is, belt iemand van het team ons binnen een uur, ook als er nog geen oplossing is',
    'MET HOOFDLETTERS GESCHREVEN OMDAT WWW HET EMMEN MOMMELEN WAT MEER RUIMTE VRAAGT DAN ANDERE',
    'bdpqg 2468 bdpqg 2468 bdpqg 2468 bdpqg 2468 bdpqg 2468 bdpqg 2468 bdpqg 2468 bdpqg 2468',
    'ill filtert till; liflift, tijl: ijlings! fit rit (kort) tik-tak fl. ii ll tt ff rr jij wij hij zij',
  ])('fits as it is drawn, and fills most of its room: %s', async (words) => {
    for (const line of wrapped(words, space).slice(0, 1)) {
      const style = 'font-size:27px;font-family:Inter';
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="40"><text style="${style}" x="0" y="30">${line}</text></svg>`;
      const { pixels, width, height } = await pixelsOf(svg, 1);
      const columns = Array.from({ length: width }, (_, x) => x).filter((x) =>
        Array.from({ length: height }, (_, y) => pixels[4 * (y * width + x) + 3]).some((opaque) => opaque),
      );
      expect(columns.at(-1)).toBeLessThan(space.room);
      expect(columns.at(-1)).toBeGreaterThan(0.75 * space.room);
    }
  });
});
