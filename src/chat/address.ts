import { z } from 'zod';

/** Somebody by his e-mail address, small letters; without a name of his own the address is his name. */
export type Addressee = { address: string; name: string };

/** E-mail addresses as people list them: one a line or by commas, with a name or without. */
export function readAddresses(text: string): { contacts: Addressee[]; wrong: string | undefined } {
  const contacts = new Map<string, Addressee>();
  // A comma within quotes belongs to a name: "Jansen, Eva".
  const listed = text.split(/[\n;]+|,(?=(?:[^"\n]*"[^"\n]*")*[^"\n]*(?:\n|$))/).map((one) => one.trim());
  for (const one of listed.filter(Boolean)) {
    const read = /^(?:"?([^"<>]*?)"?\s*<([^<>\s]+)>|([^<>\s]+))$/.exec(one);
    const address = (read?.[2] ?? read?.[3] ?? '').replace(/^mailto:/i, '').toLowerCase();
    if (!z.email().safeParse(address).success) return { contacts: [], wrong: one.slice(0, 100) };
    contacts.set(address, { address, name: (read?.[1] ?? '').slice(0, 80).trim() || address });
  }
  return { contacts: [...contacts.values()], wrong: undefined };
}
