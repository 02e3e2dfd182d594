import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Keyring, openSecretCipher } from '../../src/main/secret-key.ts';

function keyringOf(backend: ReturnType<Keyring['getSelectedStorageBackend']>, isAvailable = true): Keyring {
  const mask = (bytes: Uint8Array): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0x5a));
  return {
    isAsyncEncryptionAvailable: async () => isAvailable,
    getSelectedStorageBackend: () => backend,
    encryptStringAsync: async (text) => mask(Buffer.from(text)),
    decryptStringAsync: async (sealed) => ({ shouldReEncrypt: false, result: mask(sealed).toString() }),
  };
}

function temporary(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'sluice-key-'));
}

test('a key is made once, private, and reads what it encrypted after a restart', async () => {
  const dataFolder = join(await temporary(), 'data');
  const first = await openSecretCipher(keyringOf('gnome_libsecret'), { dataFolder, platform: 'linux' });
  const sealed = first?.encrypt('s3cret', 'a') ?? new Uint8Array();
  const again = await openSecretCipher(keyringOf('gnome_libsecret'), { dataFolder, platform: 'linux' });
  expect(again?.decrypt(sealed, 'a')).toBe('s3cret');
  expect(again?.decrypt(sealed, 'b')).toBeNull();
  expect(await readdir(dataFolder)).toEqual(['secrets.key']);
  expect((await stat(join(dataFolder, 'secrets.key'))).mode & 0o777).toBe(0o600);
});

test.each([
  ['no keyring', keyringOf('basic_text'), 'linux'],
  ['a keyring that is not ready', keyringOf('unknown'), 'linux'],
  ['no encryption', keyringOf('gnome_libsecret', false), 'win32'],
])('where there is %s nothing is claimed to be encrypted, and no key is left', async (_, keyring, platform) => {
  const dataFolder = await temporary();
  expect(await openSecretCipher(keyring, { dataFolder, platform })).toBeNull();
  expect(await readdir(dataFolder)).toEqual([]);
});

test('a key that the keyring cannot read now is kept for later', async () => {
  const dataFolder = await temporary();
  await writeFile(join(dataFolder, 'secrets.key'), 'of another keyring');
  const broken: Keyring = {
    ...keyringOf('kwallet6'),
    decryptStringAsync: () => Promise.reject(new Error('locked')),
  };
  expect(await openSecretCipher(broken, { dataFolder, platform: 'linux' })).toBeNull();
  expect(await readFile(join(dataFolder, 'secrets.key'), 'utf8')).toBe('of another keyring');
});
