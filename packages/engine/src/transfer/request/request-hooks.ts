/** What a program may do at each request of a download: look at it, set fields of its own, or stop it by throwing. */
import { SluiceError } from '../../errors.ts';
import type { HeaderLines } from '../../plan/response/headers.ts';
import { isUserField } from '../../plan/request/request-headers.ts';
import type { AnswerHead } from './answer-head.ts';

/** A request that is about to be sent, to the link's own party or to one that it was redirected to. */
export interface OutgoingRequest {
  readonly url: string;
  readonly method: string;
  /** Names lower-case, all fields that go out but for Host and Connection. */
  readonly headers: Readonly<Record<string, string>>;
}

/** An answer that leads elsewhere, before anything is sent there. */
export interface Redirected {
  readonly from: string;
  readonly to: string;
  readonly status: number;
  /** Of the request that follows. */
  readonly method: string;
}

/** Each is awaited. What it throws ends the attempt. */
export interface RequestHooks {
  /** @returns fields to set, or with null to leave out, for this request alone; undefined changes nothing */
  readonly beforeRequest?: (request: OutgoingRequest) => Promise<Readonly<Record<string, string | null>> | undefined>;
  readonly beforeRedirect?: (redirected: Redirected) => Promise<void>;
  /** The head of the first answer of an attempt that brings bytes, before one of them is used. */
  readonly afterResponse?: (head: AnswerHead) => Promise<void>;
}

/** @throws SluiceError `request-invalid` (facts: `name`) for a field that the engine owns, or that cannot be sent */
export async function askBeforeRequest(
  hooks: RequestHooks | undefined,
  request: { readonly url: string; readonly method: string; readonly headers: HeaderLines },
): Promise<HeaderLines> {
  if (hooks?.beforeRequest === undefined) return request.headers;
  const changes = await hooks.beforeRequest({ ...request, headers: Object.fromEntries(request.headers) });
  if (changes === undefined) return request.headers;
  const fields = new Map(request.headers);
  for (const [given, value] of Object.entries(changes)) {
    const name = given.toLowerCase();
    if (!isUserField(name, value ?? '')) {
      const detail = `a hook may not change the header ${name}: the engine owns it, or it cannot be sent`;
      throw new SluiceError('request-invalid', detail, { facts: { name: `headers.${name.slice(0, 100)}` } });
    }
    if (value === null) fields.delete(name);
    else fields.set(name, value.trim());
  }
  return [...fields];
}
