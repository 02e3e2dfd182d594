/** Reads the files of an import; all of them or none. */
import { readLinks, type LinksRead } from '@sluice/formats';
import { readListFile } from '../../arguments/link-list.ts';
import { type Parsed, wrongUsage } from '../../arguments/usage-error.ts';

export interface ReadFile {
  /** As it was typed. */
  readonly path: string;
  readonly read: LinksRead;
}

export function readFiles(paths: readonly string[], workingFolder: string): Parsed<readonly ReadFile[]> {
  const files: ReadFile[] = [];
  for (const path of paths) {
    const bytes = readListFile(path, workingFolder);
    if (bytes === null) return wrongUsage({ kind: 'import-unreadable', path });
    files.push({ path, read: readLinks(bytes, path) });
  }
  return { kind: 'ok', value: files };
}
