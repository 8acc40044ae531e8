import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

const size = 16;
/** Random bytes for many ids: to ask for them costs more than an id does. */
const pool = new Uint8Array(256 * size);
let used = pool.length;

/** The last id's millisecond, and its number within it: 32 bits that begin anywhere in their lower half. */
let msecs = 0;
let seq = 0;

/** A new id: unguessable, and later ones of this process sort after earlier ones, also within a millisecond. */
export function newId(): string {
  const random = randomBytes();
  const now = Date.now();
  if (now > msecs) {
    msecs = now;
    seq = new DataView(random.buffer, random.byteOffset).getUint32(0) >>> 1;
  } else {
    seq = (seq + 1) >>> 0;
    // All numbers are used up: the rest belong to the next millisecond.
    if (seq === 0) msecs += 1;
  }
  return v7({ random, msecs, seq });
}

function randomBytes(): Uint8Array {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += size;
  return pool.subarray(used - size, used);
}
