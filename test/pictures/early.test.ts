import { expect, it } from 'vitest';
import { drawEarly } from '../../src/pictures/early.ts';

it('draws a first picture by itself', async () => {
  await expect(new Promise<void>((done, failed) => drawEarly(done, failed, 0))).resolves.toBeUndefined();
});
