/**
 * Decides what a response head means for a download before a byte of its body is written. Every refusal of bytes
 * is made behind this function.
 */
import { parseContentRange } from './content-range.ts';
import { headerValue, parseRetryAfter } from './headers.ts';
import { judgePart } from './judge-part.ts';
import { judgeWhole } from './judge-whole.ts';
import { isBareSuccess, isRedirect, isWhole, statusErrorCode } from './status.ts';
import { type Asked, refused, type ResponseHead, type Verdict } from './verdict.ts';

export type { Asked, ResponseHead, Verdict } from './verdict.ts';

export function judgeResponse(asked: Asked, response: ResponseHead): Verdict {
  const { status, headers } = response;
  if (isRedirect(status)) {
    const location = headerValue(headers, 'location');
    return location === null ? failed(response) : { kind: 'redirect', location, status };
  }
  if (status === 206) return judgePart(asked, response);
  if (isWhole(status) || (asked.takesBareSuccess === true && isBareSuccess(status))) return judgeWhole(asked, response);
  if (status === 416 && asked.range !== null) return judgeUnsatisfied(asked.range.start, response);
  return failed(response);
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
