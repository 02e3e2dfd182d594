/** Which addresses may be handed to the system's browser. Pure. */

/** Web pages only: other schemes start programs. */
export function isExternalAddress(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && url.host !== '';
}
