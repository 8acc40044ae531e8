import { paint, pixelsOf } from './paint.ts';

/** After the start, which others (a chat client beside Belay) still take part in. */
const laterMs = 3_000;

/**
 * Draws a first picture, of nothing, in a while: what draws them is loaded then, and no request has to wait for it (from
 * a cold disk that took seconds, and Slack gives three). Keeps no process from ending. Returns what calls it off.
 */
export function drawEarly(done: () => void, failed: (error: unknown) => void, ms = laterMs): () => void {
  const timer = setTimeout(() => drawNothing().then(done, failed), ms);
  timer.unref();
  return () => clearTimeout(timer);
}

async function drawNothing(): Promise<void> {
  (await pixelsOf(await paint({}, 8), 1)).asPng();
}
