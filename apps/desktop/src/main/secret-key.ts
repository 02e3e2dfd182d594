/** Gets the key that encrypts the secrets of the list: random, and itself encrypted by the system's keyring. */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createKeyCipher, type SecretCipher, secretKeyBytes } from '@sluice/host';
import type { SafeStorage } from 'electron';

export type Keyring = Pick<
  SafeStorage,
  'decryptStringAsync' | 'encryptStringAsync' | 'getSelectedStorageBackend' | 'isAsyncEncryptionAvailable'
>;

/**
 * @returns null where the system keeps no secret for us: on Linux without a keyring Electron would encrypt with a
 *   password that stands in its source. A key that cannot be read now is left as it is: it may be later.
 */
export async function openSecretCipher(
  keyring: Keyring,
  { dataFolder, platform }: { readonly dataFolder: string; readonly platform: string },
): Promise<SecretCipher | null> {
  if (platform === 'linux' && ['basic_text', 'unknown'].includes(keyring.getSelectedStorageBackend())) return null;
  try {
    if (!(await keyring.isAsyncEncryptionAvailable())) return null;
    const path = join(dataFolder, 'secrets.key');
    const key = (await readKey(keyring, path)) ?? (await makeKey(keyring, dataFolder, path));
    return key.length === secretKeyBytes ? createKeyCipher(key) : null;
  } catch {
    return null;
  }
}

async function readKey(keyring: Keyring, path: string): Promise<Buffer | null> {
  const sealed = await readFile(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  if (sealed === null) return null;
  const { result } = await keyring.decryptStringAsync(sealed);
  return Buffer.from(result, 'base64');
}

async function makeKey(keyring: Keyring, dataFolder: string, path: string): Promise<Buffer> {
  const key = randomBytes(secretKeyBytes);
  const sealed = await keyring.encryptStringAsync(key.toString('base64'));
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  await writeFile(`${path}.new`, sealed, { mode: 0o600, flush: true });
  await rename(`${path}.new`, path);
  return key;
}
