/** Tests that every way the server cannot start has a sentence with what it is about and what to do. */
import { SluiceError } from '@sluice/contract';
import { expect, test } from 'vitest';
import { noticeSentence, rejectedSentence, startSentence } from '../src/main/sentences.ts';

test.each<[error: unknown, ...says: string[]]>([
  [new SluiceError('host-busy', 'x', { facts: { path: '/d' } }), '/d', 'already', '--data'],
  [new SluiceError('port-in-use', 'x', { facts: { port: 80 } }), 'Port 80', '--port'],
  [new SluiceError('file-access-denied', 'x', { facts: { path: '/d' } }), '/d', 'may not write'],
  [new SluiceError('folder-missing', 'x', { facts: { path: '/d' } }), '/d', 'not a folder'],
  [
    new SluiceError('database-unreadable', 'x', { facts: { path: '/d/l.db', version: 9, newestKnown: 8 } }),
    '/d/l.db',
    'newer',
    '--data',
  ],
  [new SluiceError('database-unreadable', 'x', { facts: { path: '/d/l.db' } }), '/d/l.db', 'set aside', '--data'],
  [new SluiceError('database-unreadable', 'x', { facts: { path: '/d/l.db', is: 'folder' } }), '/d/l.db', 'A folder'],
  [new SluiceError('disk-full', 'x', { facts: { path: '/d' } }), '/d', 'room'],
  [new SluiceError('file-missing', 'x', { facts: { path: '/ui' } }), '/ui', 'Build'],
  [new SluiceError('request-invalid', 'x', { facts: { address: '0.0.0.0' } }), '0.0.0.0', '--allow-remote'],
  [
    new SluiceError('request-invalid', 'EADDRNOTAVAIL', { facts: { address: '192.0.2.1', port: 1 } }),
    '192.0.2.1 port 1',
    'EADDRNOTAVAIL',
  ],
  [new Error('boom'), 'could not start', 'boom'],
])('%s', (error, ...says) => {
  const sentence = startSentence(error);
  for (const text of says) expect(sentence).toContain(text);
  expect(sentence).toMatch(/^[A-Z/].*[.\w]$/);
});

test.each<[setAsidePaths: string[], restoredFromBackup: boolean, sentence: RegExp]>([
  [['/d/x.db'], true, /could not be read.*last good backup.*kept: \/d\/x\.db\.$/],
  [['/d/x.db'], false, /could not be read.*new one.*kept: \/d\/x\.db\. Nothing fetched is lost/],
  [['/d/x.db', '/d/y.db'], false, /kept: \/d\/x\.db, \/d\/y\.db\./],
  [[], true, /was gone.*last good backup is in use\.$/],
])('a recovered list (%j, backup: %j) is told', (setAsidePaths, restoredFromBackup, sentence) => {
  expect(noticeSentence({ kind: 'database-recovered', setAsidePaths, restoredFromBackup })).toMatch(sentence);
});

test.each([
  ['url-invalid', 'is not a link'],
  ['url-unsupported', 'not a kind of link'],
  ['name-invalid', 'name-invalid'],
] as const)('a link refused as %s', (code, says) => {
  expect(rejectedSentence('htp:/x', { code })).toMatch(new RegExp(`^"htp:/x" .*${says}`));
});
