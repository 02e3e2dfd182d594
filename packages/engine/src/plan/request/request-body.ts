/** The bytes that go with a POST, from the text in which a request's options hold them. */
import type { RequestOptions } from '@sluice/contract';

/** Empty without a body. Whether base64 is well-formed is judged by `checkRequest`; what is not counts as empty here. */
export function requestBody({ body = '', bodyEncoding = 'utf-8' }: RequestOptions): Uint8Array {
  if (bodyEncoding === 'utf-8') return new TextEncoder().encode(body);
  return fromBase64(body) ?? new Uint8Array();
}

/** Null for what is no base64. */
export function fromBase64(text: string): Uint8Array | null {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    return null;
  }
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
  return bytes;
}
