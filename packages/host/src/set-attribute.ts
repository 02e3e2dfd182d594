/** Sets extended attributes, through a native library that is loaded with the first. */

import type * as Attributes from '@napi-rs/xattr';

let library: Promise<typeof Attributes> | null = null;

/** @throws what the system says, and where the library has no build for it */
export async function setAttribute(path: string, name: string, value: string): Promise<void> {
  library ??= import('@napi-rs/xattr');
  const attributes = await library;
  await attributes.setAttribute(path, name, value);
}
