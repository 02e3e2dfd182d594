/** Hides what is secret in the list from a reader of its file, where the system keeps a key for that. */

export interface SecretCipher {
  /** Which key this is; stored beside what it encrypted. `none` stands for no encryption. */
  readonly keyId: string;
  /** @param context what the text belongs to; the result opens for that alone */
  encrypt(text: string, context: string): Uint8Array;
  /** @returns null for what this key did not encrypt for `context` */
  decrypt(sealed: Uint8Array, context: string): string | null;
}

/** For hosts without a place for keys: the file's permissions are all the protection there is. */
export const noCipher: SecretCipher = {
  keyId: 'none',
  encrypt: (text) => new TextEncoder().encode(text),
  decrypt: (sealed) => new TextDecoder().decode(sealed),
};
