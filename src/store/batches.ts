/** In parts of 500: databases take only so many values in one statement. */
export function* batches<T>(all: T[]): Generator<T[]> {
  for (let from = 0; from < all.length; from += 500) yield all.slice(from, from + 500);
}
