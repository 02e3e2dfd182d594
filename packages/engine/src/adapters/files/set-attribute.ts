/** Sets extended attributes, through a native library that is loaded with the first. */
import { createRequire } from 'node:module';
import type * as Attributes from '@napi-rs/xattr';

let library: Promise<typeof Attributes> | null = null;

/** Settles when attributes can be set. @throws where the library is missing, or has no build for this system */
export async function loadAttributes(): Promise<typeof Attributes> {
  library ??= import('@napi-rs/xattr');
  return library;
}

/** @throws what the system says, and as {@link loadAttributes} does */
export async function setAttribute(path: string, name: string, value: string): Promise<void> {
  const attributes = await loadAttributes();
  await attributes.setAttribute(path, name, value);
}

/** Where the library lies, for a thread that loads it by itself; null where it does not. */
export function attributeLibrary(): string | null {
  try {
    return createRequire(import.meta.url).resolve('@napi-rs/xattr');
  } catch {
    return null;
  }
}
