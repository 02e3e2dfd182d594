/** The shared catalogue: a sentence for each code, and the situation that the facts tell. */
import { errorCodes, type ErrorInfo } from '@sluice/contract';
import { describe, expect, it } from 'vitest';
import { listRecovered, recordsRecovered, situationOf, whatHappened } from '../src/index.ts';

describe('what happened', () => {
  it.each(Object.entries(whatHappened))('%s: one sentence without its full stop', (_key, sentence) => {
    expect(sentence).toMatch(/^[A-Zc{].{9,90}[^.]$/);
  });

  it('says no two situations alike', () => {
    expect(new Set(Object.values(whatHappened)).size).toBe(Object.keys(whatHappened).length);
  });
});

describe('the situation', () => {
  it.each(errorCodes)('%s without facts is the code itself', (code) => {
    expect(situationOf({ code })).toBe(code);
  });

  it.each<[ErrorInfo['code'], NonNullable<ErrorInfo['facts']>, string]>([
    ['dns-temporary', { network: 'away' }, 'networkAway'],
    ['http-unavailable', { cooldownOf: 'a.example' }, 'hostCooldown'],
    ['http-unauthorized', { login: 'refused' }, 'loginRefused'],
    ['http-unauthorized', { login: 'missing' }, 'http-unauthorized'],
    ['http-forbidden', { status: 451 }, 'legalReasons'],
    ['http-forbidden', { status: 403 }, 'http-forbidden'],
    ['redirect-unsafe', { scheme: 'http' }, 'redirectDowngrade'],
    ['redirect-unsafe', { scheme: 'file' }, 'redirect-unsafe'],
    ['page-instead-of-file', { comes: 'later' }, 'pageInsteadOfRest'],
    ['request-invalid', { name: 'certificate' }, 'settingRefused'],
    ['header-refused', { problem: 'owned' }, 'headerOwned'],
    ['ssh-host-key', { problem: 'changed' }, 'hostKeyChanged'],
    ['url-invalid', { problem: 'login' }, 'loginMistyped'],
    ['url-unsupported', { problem: 'folder' }, 'folderLink'],
    ['url-unsupported', { problem: 'text' }, 'textLink'],
    ['checksum-mismatch', { from: 'server' }, 'checksumOfServer'],
    ['checksum-mismatch', { from: 'beside' }, 'checksumOfList'],
    ['checksum-mismatch', { from: 'user' }, 'checksumOfUser'],
    ['unsupported', { missing: 'curl' }, 'curlMissing'],
    ['unsupported', { missing: 'curl 7.75' }, 'curlTooOld'],
    ['unsupported', { missing: 'sftp' }, 'curlLacks'],
    ['database-unreadable', { newestKnown: 3 }, 'listTooNew'],
    ['database-unreadable', { is: 'folder' }, 'listIsFolder'],
    ['file-access-denied', { of: 'list' }, 'listDenied'],
    ['file-access-denied', { path: '/x' }, 'file-access-denied'],
    ['folder-missing', { of: 'list' }, 'listFolderMissing'],
    ['disk-full', { of: 'list' }, 'listDiskFull'],
    ['disk-io', { of: 'list' }, 'listDiskFailed'],
    ['file-busy', { of: 'list' }, 'file-busy'],
  ])('%s with %j', (code, facts, situation) => {
    expect(situationOf({ code, facts })).toBe(situation);
  });
});

describe('recovery', () => {
  it('says what is in use now and where the damaged list is', () => {
    expect(listRecovered({ setAsidePaths: ['/d/x', '/d/y'], restoredFromBackup: false })).toBe(
      'The list of downloads could not be read, so a new one was started. The damaged one is kept: /d/x, /d/y.',
    );
    expect(listRecovered({ setAsidePaths: [], restoredFromBackup: true })).toBe(
      'The list of downloads was gone, so its last good backup is in use.',
    );
  });

  it('names entries that came back and entries that are lost', () => {
    expect(recordsRecovered({ restored: ['a'], lost: [] })).toMatch(/backup: a\.$/);
    expect(recordsRecovered({ restored: [], lost: ['b'] })).toMatch(/aside\. In no backup, and lost: b\.$/);
  });
});
