/** Tests that every way the server cannot start has a sentence with what it is about and what to do. */
import { SluiceError } from '@sluice/contract';
import { expect, test } from 'vitest';
import { noticeSentence, rejectedSentence, startSentence } from '../src/main/sentences.ts';

test.each<[error: unknown, ...says: string[]]>([
  [new SluiceError('host-busy', 'x', { facts: { path: '/d' } }), '/d', 'already', '--data'],
  [new SluiceError('port-in-use', 'x', { facts: { port: 80 } }), 'Port 80', '--port'],
  [new SluiceError('file-access-denied', 'x', { facts: { path: '/d' } }), '/d', 'may not write'],
  [new SluiceError('folder-missing', 'x', { facts: { path: '/d' } }), '/d', 'not a folder'],
  [new SluiceError('disk-full', 'x', { facts: { path: '/d' } }), '/d', 'room'],
  [new SluiceError('file-missing', 'x', { facts: { path: '/ui' } }), '/ui', 'Build'],
  [new SluiceError('request-invalid', 'x', { facts: { address: '0.0.0.0' } }), '0.0.0.0', '--allow-remote'],
  [new SluiceError('request-invalid', 'EADDRNOTAVAIL', { facts: { address: '192.0.2.1', port: 1 } }), '192.0.2.1 port 1', 'EADDRNOTAVAIL'],
  [new Error('boom'), 'could not start', 'boom'],
])('%s', (error, ...says) => {
  const sentence = startSentence(error);
  for (const text of says) expect(sentence).toContain(text);
  expect(sentence).toMatch(/^[A-Z/].*[.\w]$/);
});

test('a damaged list is told with where it is and what became of it', () => {
  const notice = { kind: 'database-set-aside', setAsidePath: '/d/sluice-damaged.db' } as const;
  expect(noticeSentence({ ...notice, restoredFromBackup: true })).toMatch(/last good backup.*\/d\/sluice-damaged\.db/);
  expect(noticeSentence({ ...notice, restoredFromBackup: false })).toMatch(/new one.*\/d\/sluice-damaged\.db.*Nothing fetched is lost/);
});

test.each([
  ['url-invalid', 'is not a link'],
  ['url-unsupported', 'not a kind of link'],
  ['name-invalid', 'name-invalid'],
] as const)('a link refused as %s', (code, says) => {
  expect(rejectedSentence('htp:/x', { code })).toMatch(new RegExp(`^"htp:/x" .*${says}`));
});
