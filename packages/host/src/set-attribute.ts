/** Sets extended attributes, through a native library that is loaded with the first. */

/** @throws what the system says, and where the library has no build for it */
export async function setAttribute(path: string, name: string, value: string): Promise<void> {
  const attributes = await import('@napi-rs/xattr');
  await attributes.setAttribute(path, name, value);
}
