/**
 * Decides what a response head means for a download before a byte of its body is written. Every refusal of bytes
 * is made behind this function.
 */
import { namesRealPart, parseContentRange } from './content-range.ts';
import { headerValue, parseRetryAfter } from './headers.ts';
import { judgePart } from './judge-part.ts';
import { judgeWhole } from './judge-whole.ts';
import { isBareSuccess, isRedirect, isWhole, statusErrorCode } from './status.ts';
import { type Asked, refused, type ResponseHead, type Verdict } from './verdict.ts';
import { asksForEnd } from '../ranges/suffix-range.ts';

export type { Asked, ResponseHead, Verdict } from './verdict.ts';

export function judgeResponse(asked: Asked, response: ResponseHead): Verdict {
  const { status, headers } = response;
  if (isRedirect(status)) {
    const location = headerValue(headers, 'location');
    return location === null ? failed(response) : { kind: 'redirect', location, status };
  }
  if (status === 206 || isPartByAnotherStatus(asked, response)) return judgePart(asked, response);
  if (isWhole(status) || (asked.takesBareSuccess === true && isBareSuccess(status))) return judgeWhole(asked, response);
  if (status === 416 && asked.range !== null) return judgeUnsatisfied(asked.range.start, response);
  if (status === 416 && asksForEnd(asked.suffixBytes))
    return refused('range-not-satisfiable', '416 for the last bytes');
  return failed(response);
}

/** Some servers send exactly what was asked for, say so by Content-Range, and call it 200: it is a part all the same. */
function isPartByAnotherStatus(asked: Asked, { status, headers, bodyLengthBytes }: ResponseHead): boolean {
  if (asked.range === null || status < 200 || status > 299 || bodyLengthBytes === null) return false;
  const value = headerValue(headers, 'content-range');
  const range = value === null ? null : parseContentRange(value);
  if (range?.kind !== 'range' || range.totalBytes === null || !namesRealPart(range)) return false;
  const askedEnd = Math.min(asked.range.end ?? range.totalBytes, range.totalBytes);
  return range.start === asked.range.start && range.end === askedEnd && bodyLengthBytes === range.end - range.start;
}

function failed(response: ResponseHead): Verdict {
  const retryAfter = headerValue(response.headers, 'retry-after');
  return {
    kind: 'failed',
    code: statusErrorCode(response.status),
    facts: { status: response.status },
    retryAfterMs: retryAfter === null ? null : parseRetryAfter(retryAfter, response.nowMs),
  };
}

function judgeUnsatisfied(start: number, response: ResponseHead): Verdict {
  const value = headerValue(response.headers, 'content-range');
  const range = value === null ? null : parseContentRange(value);
  const totalBytes = range?.kind === 'unsatisfied' ? range.totalBytes : null;
  if (totalBytes !== null && totalBytes > start) {
    return refused('range-not-satisfiable', `416 for bytes from ${start} although there are ${totalBytes}`);
  }
  return { kind: 'nothing-left', totalBytes };
}
