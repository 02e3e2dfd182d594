/** Documents name files: every file they name is there, so that nobody is sent to one that has moved. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readWorkspace } from '../../src/workspace.ts';

const root = join(import.meta.dirname, '../../../..');
const files = readWorkspace(root).packages.flatMap((owner) => owner.files);

/** Where a path in a document may begin: at the root, at a package, in a package's source. */
function isThere(named: string): boolean {
  return files.some((file) => file === named || file.endsWith(`/${named}`));
}

function pathsIn(document: string): readonly string[] {
  const text = readFileSync(join(root, document), 'utf8');
  const found = [...text.matchAll(/`((?:[\w.-]+\/)*[\w.-]+\.tsx?)`/gu)].map(([, path = '']) => path);
  return [...new Set(found)];
}

test.each(['ARCHITECTURE.md', 'README.md', 'packages/ui/README.md'])('each file that %s names is there', (document) => {
  expect(pathsIn(document).filter((path) => !isThere(path))).toEqual([]);
});

test('the table of errands has a place for each of at least twenty', () => {
  const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
  const table = text.slice(text.indexOf('## Find it'), text.indexOf('## How to'));
  const rows = table.split('\n').filter((line) => /^\| (?!To …|---)/u.test(line));
  expect(rows.length).toBeGreaterThanOrEqual(20);
  for (const row of rows) expect(row).toMatch(/`[\w./-]+\.tsx?`/u);
});
