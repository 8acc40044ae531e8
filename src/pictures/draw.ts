import type { Pictured } from '../chat/card.ts';
import { drawChart, drawSmallChart } from './chart.ts';
import { drawGrades, drawSmallGrades } from './grades.ts';
import { drawSmallTrend, drawTrend } from './trend.ts';

/** A PNG of an element, 1280 pixels wide, on a white card. */
export function drawPicture(pictured: Pictured): Promise<Buffer> {
  switch (pictured.kind) {
    case 'chart':
      return drawChart(pictured);
    case 'trend':
      return drawTrend(pictured);
    case 'grades':
      return drawGrades(pictured);
  }
}

/** The same in as few bytes as can be, `zoom` pixels for each of 640. */
export function drawSmallPicture(pictured: Pictured, zoom: number): Promise<Buffer> {
  switch (pictured.kind) {
    case 'chart':
      return drawSmallChart(pictured, zoom);
    case 'trend':
      return drawSmallTrend(pictured, zoom);
    case 'grades':
      return drawSmallGrades(pictured, zoom);
  }
}
