import type { Tone } from '../chat/card.ts';

/** Told apart by lightness too, not only by hue; each stands out on white and on a dark page. */
export const palette: Record<Tone, { fill: string; line: string }> = {
  bad: { fill: '#a8330a', line: '#a8330a' },
  good: { fill: '#129a76', line: '#129a76' },
  neutral: { fill: '#cfd4dc', line: '#7b8492' },
  accent: { fill: '#2b5cb8', line: '#2b5cb8' },
};
