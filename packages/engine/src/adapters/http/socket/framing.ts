/** Decides from a response head how its body will end, and whether its connection lives on (RFC 9112 sections 6.3 and 9.3). */
import type { HeaderLines, HttpRequest } from '../../../ports/http.ts';
import { malformed, type SocketResponseHead } from './response-head.ts';

export type BodyFraming =
  | { readonly kind: 'length'; readonly lengthBytes: number }
  /** `hasBareLineFeeds`: the server ends lines in LF alone, and so perhaps those of its chunks. */
  | { readonly kind: 'chunked'; readonly hasBareLineFeeds?: true }
  | { readonly kind: 'close' };

export interface FramingDecision {
  readonly framing: BodyFraming;
  /** Whether the connection may carry another exchange once this body has ended properly. */
  readonly isPersistent: boolean;
}

/**
 * @param method of the request: after HEAD there is no body, whatever the head says
 * @throws `http-malformed` when the head leaves room for two readings
 */
export function decideFraming(head: SocketResponseHead, method: HttpRequest['method'] = 'GET'): FramingDecision {
  const told = framingOf(head);
  const framing: BodyFraming = method === 'HEAD' ? { kind: 'length', lengthBytes: 0 } : told;
  const isTrusted =
    head.isVersion11 &&
    head.hasBareLineFeeds !== true &&
    !(hasField(head.headers, 'transfer-encoding') && hasField(head.headers, 'content-length'));
  const isClosing = listOf(head.headers, 'connection').some((option) => option.toLowerCase() === 'close');
  return { framing, isPersistent: framing.kind !== 'close' && isTrusted && !isClosing };
}

function framingOf(head: SocketResponseHead): BodyFraming {
  if (head.status === 204 || head.status === 304) return { kind: 'length', lengthBytes: 0 };
  if (hasField(head.headers, 'transfer-encoding')) {
    // Overrides Content-Length. We sent no TE, so chunked alone is what a server may apply.
    const codings = listOf(head.headers, 'transfer-encoding');
    if (codings.length !== 1 || codings[0]?.toLowerCase() !== 'chunked') malformed('an unknown transfer coding');
    return head.hasBareLineFeeds === true ? { kind: 'chunked', hasBareLineFeeds: true } : { kind: 'chunked' };
  }
  if (!hasField(head.headers, 'content-length')) return { kind: 'close' };
  const [first, ...others] = listOf(head.headers, 'content-length');
  if (first === undefined || others.some((other) => other !== first)) malformed('contradicting content lengths');
  if (!/^\d+$/.test(first)) malformed('a content length that is no number');
  const lengthBytes = Number(first);
  if (!Number.isSafeInteger(lengthBytes)) malformed('a content length beyond 2^53');
  return { kind: 'length', lengthBytes };
}

function hasField(headers: HeaderLines, name: string): boolean {
  return headers.some(([other]) => other === name);
}

/** Every member of a comma-separated field, over all its lines; empty members count, so that `5,` is seen as odd. */
function listOf(headers: HeaderLines, name: string): string[] {
  return headers
    .filter(([other]) => other === name)
    .flatMap(([, value]) => value.split(','))
    .map((member) => member.trim());
}
