/** Encrypts secrets with a key that the system keeps: AES-256-GCM, bound to what each belongs to. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { SecretCipher } from '../../ports/secret-cipher.ts';

export const secretKeyBytes = 32;

const nonceBytes = 12;
const tagBytes = 16;

/** @param key {@link secretKeyBytes} random bytes */
export function createKeyCipher(key: Uint8Array): SecretCipher {
  return {
    keyId: createHash('sha256').update('sluice key id').update(key).digest('hex').slice(0, 16),
    encrypt(text, context) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
      return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    },
    decrypt(sealed, context) {
      if (sealed.length < nonceBytes + tagBytes) return null;
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes))
          .setAAD(Buffer.from(context))
          .setAuthTag(sealed.subarray(-tagBytes));
        const text = decipher.update(sealed.subarray(nonceBytes, -tagBytes));
        return Buffer.concat([text, decipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
  };
}
