import type { CardElement } from '@microsoft/teams.cards';
import type { Logger } from 'pino';
import { type Card, isPictured, type Pictured } from '../../chat/card.ts';
import { drawSmallPicture } from '../../pictures/draw.ts';
import { drawChart } from './chart.ts';
import { label } from './escape.ts';
import { limits } from './limits.ts';
import { paragraphs } from './text.ts';

/** The drawn picture of an element, as an address of its own; none: it does without. */
export type PictureOf = (pictured: Pictured) => string | undefined;

export const noPicture: PictureOf = () => undefined;

/** As its picture; without one a chart is bars of the card's own, and the others are said in words. */
export function drawPictured(pictured: Pictured, max: number, pictureOf: PictureOf): CardElement[] {
  const url = pictureOf(pictured);
  if (url === undefined && pictured.kind === 'chart') return drawChart(pictured);
  const title = paragraphs(pictured.title, limits.label, { weight: 'Bolder' });
  if (url === undefined) return [...title, ...paragraphs(pictured.alt, max)];
  const altText = label(pictured.alt, limits.alt);
  return [
    ...title,
    { type: 'Image', url, altText, size: 'Stretch', spacing: 'Small', msteams: { allowExpand: true } },
  ];
}

/**
 * The pictures of a card with more than charts, before it is rendered, in each size from sharp to coarse. Its charts
 * are pictures too: they should look alike, and a trend beside bars of the card's own leaves no room for words.
 */
export async function picturesOf({ elements }: Card, log: Logger): Promise<PictureOf[]> {
  const all = elements.filter(isPictured);
  if (all.every(({ kind }) => kind === 'chart')) return [];
  return Promise.all(
    limits.pictureZooms.map(async (zoom): Promise<PictureOf> => {
      const drawn = await Promise.all(all.map((pictured) => draw(pictured, zoom, log)));
      return (pictured) => drawn[all.indexOf(pictured)];
    }),
  );
}

async function draw(pictured: Pictured, zoom: number, log: Logger): Promise<string | undefined> {
  try {
    const png = await drawSmallPicture(pictured, zoom);
    return `data:image/png;base64,${png.toString('base64')}`;
  } catch (error) {
    log.error({ err: error }, 'Teams: a picture could not be drawn');
    return undefined;
  }
}
