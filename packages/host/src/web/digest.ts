/** The digest under which a secret is kept: what is on disk or in memory cannot be used in its place. */
import { createHash } from 'node:crypto';

export function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
