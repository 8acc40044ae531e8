import type { Right } from './feature.ts';

/** Whether a person may use what asks for this right. */
export function may(person: { outsider: boolean; admin: boolean }, right: Right): boolean {
  return right === 'anyone' || (!person.outsider && (right === 'member' || person.admin));
}
