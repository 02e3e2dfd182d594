/** Names for what briefly lies beside a journal. */
import { createHash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';

/**
 * Always the same for one journal, so that what a crash left is found again, and always short: a journal's own
 * name may be as long as a name can be.
 */
export function sideName(journalPath: string, purpose: 'new' | 'claim' | 'now'): string {
  const digest = createHash('sha256').update(basename(journalPath)).digest('hex').slice(0, 16);
  return join(dirname(journalPath), `.sluice-${purpose}-${digest}`);
}
