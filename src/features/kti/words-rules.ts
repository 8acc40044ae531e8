import type { Say } from '../../text/say.ts';

/** How grades read. Pure. */

/** A mean, such as `7,3`; what one person gave is whole. */
export function gradeOf(mean: number | undefined, n: number, say: Say): string {
  if (mean === undefined) return '–';
  return n === 1 ? `${mean}` : decimal(mean, say);
}

/** A difference with its sign: `+0,4`, `−1,2`, `0,0`. */
export function differenceOf(by: number, say: Say): string {
  const sign = by > 0 ? '+' : by < 0 ? '−' : '';
  return `${sign}${decimal(Math.abs(by), say)}`;
}

function decimal(number: number, say: Say): string {
  return number.toFixed(1).replace('.', say('result.decimal'));
}
