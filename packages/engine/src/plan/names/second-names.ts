/** Names of a second partial: the one that gathers another version of a file while the first partial stays. */
import { journalSuffix } from './file-names.ts';
import { cutToBytes } from './sanitize.ts';

/** What file systems allow, see `sanitize.ts`. */
const maxNameBytes = 255;
const endings = ['.new', '.new2', '.new3'];
const longestEnding = 5;

/**
 * What stands in for the file's own name in the names of a second partial and its journal, in the order in which they
 * are tried: another download may have the first of them. Always the same for one name, so that a later process finds
 * what a killed one left.
 */
export function secondNames(fileName: string): readonly string[] {
  const stem = cutToBytes(fileName, maxNameBytes - journalSuffix.length - longestEnding);
  return endings.map((ending) => stem + ending);
}
