/** What is written into a claim: the owner's name alone, as earlier releases do, or with the process behind it. */
import { type Owner, ownerFieldsOf, ownerOf } from './journal-content.ts';
import { ownerFieldsSchema } from './journal-format.ts';

export function printClaim(owner: Owner): string {
  return JSON.stringify(ownerFieldsOf(owner));
}

/** Null for what cannot have been written on purpose. */
export function parseClaim(text: string): Owner | null {
  if (!text.startsWith('{')) return text === '' ? null : { name: text, process: null, isLocked: false };
  try {
    const value: unknown = JSON.parse(text);
    const parsed = ownerFieldsSchema.safeParse(value);
    return parsed.success ? ownerOf(parsed.data) : null;
  } catch {
    return null;
  }
}
