import { v7 } from 'uuid';

/** A new id: unguessable, and later ones of this process sort after earlier ones, also within a millisecond. */
export function newId(): string {
  return v7();
}
