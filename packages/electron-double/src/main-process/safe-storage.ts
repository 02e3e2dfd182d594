/** Stands in for the system's keyring: what it encrypts is not readable, and means nothing elsewhere. */
import type { SafeStorage } from 'electron';

const mask = 0x5a;

function masked(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.map((byte) => byte ^ mask));
}

/** `SLUICE_DOUBLE_KEYRING=basic_text` plays a desktop without a keyring. */
export const safeStorage: Pick<
  SafeStorage,
  'decryptStringAsync' | 'encryptStringAsync' | 'getSelectedStorageBackend' | 'isAsyncEncryptionAvailable'
> = {
  isAsyncEncryptionAvailable: () => Promise.resolve(true),
  getSelectedStorageBackend: () =>
    process.env['SLUICE_DOUBLE_KEYRING'] === 'basic_text' ? 'basic_text' : 'gnome_libsecret',
  encryptStringAsync: (text) => Promise.resolve(masked(Buffer.from(text))),
  decryptStringAsync: (sealed) => Promise.resolve({ shouldReEncrypt: false, result: masked(sealed).toString() }),
};
