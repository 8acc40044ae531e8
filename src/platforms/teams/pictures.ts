import type { CardElement } from '@microsoft/teams.cards';
import type { Logger } from 'pino';
import type { Card, Element } from '../../chat/card.ts';
import { drawSmallChart } from '../../pictures/chart.ts';
import { drawSmallTrend } from '../../pictures/trend.ts';
import { drawChart } from './chart.ts';
import { label } from './escape.ts';
import { limits } from './limits.ts';
import { paragraphs } from './text.ts';

/** What can be shown as a picture. */
type Pictured = Extract<Element, { kind: 'chart' | 'trend' }>;

/** The drawn picture of an element, as an address of its own; none: it does without. */
export type PictureOf = (pictured: Pictured) => string | undefined;

export const noPicture: PictureOf = () => undefined;

/** As its picture; without one a chart is bars of the card's own, and a trend is said in words. */
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
 * The pictures of a card with a trend, before it is rendered, in each size from sharp to coarse. Its charts are
 * pictures too: they should look alike, and a trend beside bars of the card's own leaves no room for words.
 */
export async function picturesOf({ elements }: Card, log: Logger): Promise<PictureOf[]> {
  if (!elements.some(({ kind }) => kind === 'trend')) return [];
  const all = elements.filter((element) => element.kind === 'trend' || element.kind === 'chart');
  return Promise.all(
    limits.pictureZooms.map(async (zoom): Promise<PictureOf> => {
      const drawn = await Promise.all(all.map((pictured) => draw(pictured, zoom, log)));
      return (pictured) => drawn[all.indexOf(pictured)];
    }),
  );
}

async function draw(pictured: Pictured, zoom: number, log: Logger): Promise<string | undefined> {
  try {
    const png = await (pictured.kind === 'trend'
      ? drawSmallTrend(pictured, zoom)
      : drawSmallChart(pictured, zoom));
    return `data:image/png;base64,${png.toString('base64')}`;
  } catch (error) {
    log.error({ err: error }, 'Teams: a picture could not be drawn');
    return undefined;
  }
}
