import { crc32, deflateSync } from 'node:zlib';

/** A picture in memory: four bytes a pixel, red, green, blue and how opaque. */
type Pixels = { width: number; height: number; pixels: Buffer };
type Colour = [red: number, green: number, blue: number];

/** A PNG of one pixel: the smallest picture there is. `colour` is #rrggbb. */
export function pixelPng(colour: string): Buffer {
  return png(1, 1, { depth: 8, type: 2 }, [Buffer.concat([noFilter, Buffer.from(colourOf(colour))])]);
}

/**
 * A PNG of these colours alone (at most fifteen, #rrggbb), and of nothing where it is see-through: a fraction of the
 * bytes of a full one.
 */
export function smallPng({ width, height, pixels }: Pixels, colours: string[]): Buffer {
  const table = colours.map(colourOf);
  const indexes = new Map<number, number>();
  const rows = Array.from({ length: height }, (_, y) => {
    const row = Buffer.alloc(1 + Math.ceil(width / 2));
    for (let x = 0; x < width; x += 1) {
      const pixel = pixels.readUInt32BE(4 * (y * width + x));
      const index = indexes.get(pixel) ?? indexOf(table, pixel);
      indexes.set(pixel, index);
      // Two pixels a byte.
      row[1 + (x >> 1)] = (row[1 + (x >> 1)] ?? 0) | (x % 2 === 0 ? index << 4 : index);
    }
    return row;
  });
  const plte = chunk('PLTE', Buffer.from([[255, 255, 255], ...table].flat()));
  return png(width, height, { depth: 4, type: 3 }, rows, [plte, chunk('tRNS', Buffer.from([0]))]);
}

const noFilter = Buffer.from([0]);

function colourOf(name: string): Colour {
  const [red = 0, green = 0, blue = 0] = Buffer.from(name.slice(1), 'hex');
  return [red, green, blue];
}

/** 0 is nothing, the colours come after it. */
function indexOf(table: Colour[], pixel: number): number {
  const opaque = pixel & 255;
  if (opaque < 128) return 0;
  // What is half see-through comes as if on black.
  const part = (shift: number) => (((pixel >>> shift) & 255) * 255) / opaque;
  const colour: Colour = [part(24), part(16), part(8)];
  const distances = table.map((other) => distance(other, colour));
  return 1 + distances.indexOf(Math.min(...distances));
}

function distance(a: Colour, b: Colour): number {
  return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;
}

function png(
  width: number,
  height: number,
  { depth, type }: { depth: number; type: number },
  rows: Buffer[],
  before: Buffer[] = [],
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, type], 8);
  const data = deflateSync(Buffer.concat(rows), { level: 9 });
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  const end = chunk('IEND', Buffer.alloc(0));
  return Buffer.concat([signature, chunk('IHDR', header), ...before, chunk('IDAT', data), end]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
