/** Names for what briefly lies beside a journal. */
import { createHash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';

export type SidePurpose = 'new' | 'claim' | 'now' | 'begin';

export function sidePrefix(purpose: SidePurpose): string {
  return `.sluice-${purpose}-`;
}

/**
 * Always the same for one journal, so that what a crash left is found again, and always short: a journal's own
 * name may be as long as a name can be.
 */
export function sideName(journalPath: string, purpose: SidePurpose): string {
  const digest = createHash('sha256').update(basename(journalPath)).digest('hex').slice(0, 16);
  return join(dirname(journalPath), sidePrefix(purpose) + digest);
}
