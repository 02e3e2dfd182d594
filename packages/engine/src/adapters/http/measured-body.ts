/** Reads a body that is sent from its source, and holds it to the length that its head has announced. */
import { SluiceError } from '@sluice/contract';
import type { BodySource } from '../../ports/http.ts';

/**
 * @param onTaken the piece before was taken
 * @throws `request-invalid` when there is more or less than was announced, or it cannot be read
 */
export async function* measuredBody(
  source: BodySource,
  onTaken: () => void = () => {},
): AsyncGenerator<Uint8Array, void, undefined> {
  let sentBytes = 0;
  try {
    for await (const piece of source.open()) {
      sentBytes += piece.length;
      if (sentBytes > source.lengthBytes) break;
      if (piece.length > 0) yield piece;
      onTaken();
    }
  } catch (error) {
    throw unfit('the body could not be read', error);
  }
  if (sentBytes !== source.lengthBytes) throw unfit('the body is not as long as was said');
}

export function isSource(body: Uint8Array | BodySource | undefined): body is BodySource {
  return body !== undefined && !(body instanceof Uint8Array);
}

export function lengthOf(body: Uint8Array | BodySource): number {
  return isSource(body) ? body.lengthBytes : body.length;
}

function unfit(detail: string, cause?: unknown): SluiceError {
  return new SluiceError('request-invalid', detail, { facts: { name: 'body' }, cause });
}
