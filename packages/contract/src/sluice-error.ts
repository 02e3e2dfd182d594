/** The one error class. Every failure that leaves a package is one of these; match on `code`, never on text. */
import type { ErrorCode, ErrorInfo } from './errors.ts';

/** Names, sizes and numbers that belong to a failure; which there are depends on its code. */
export type ErrorFacts = Readonly<Record<string, string | number>>;

/** What a server answered when its answer was the failure. Headers by lower-case name. */
export interface FailedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** A failure. `code` says which, for programs; `facts` say what it was about; `cause` is what lay beneath it. */
export class SluiceError extends Error {
  override readonly name: string = 'SluiceError';
  readonly code: ErrorCode;
  readonly facts: ErrorFacts;
  /** Null when no answer was to blame, and for an error that came over a wire: headers may hold secrets. */
  readonly response: FailedResponse | null;

  /**
   * @param detail English, for logs; must hold no secrets
   * @param options `facts` feed the UI's sentence (names, sizes, status numbers); `cause` and `response` stay in this process
   */
  constructor(
    code: ErrorCode,
    detail?: string,
    options: { facts?: ErrorFacts; cause?: unknown; response?: FailedResponse } = {},
  ) {
    super(detail ?? code, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.facts = options.facts ?? {};
    this.response = options.response ?? null;
  }
}

/** An error as data, for the wire and for storage. Whatever is not a SluiceError is `internal`. */
export function errorToInfo(error: unknown): ErrorInfo {
  if (!(error instanceof SluiceError)) {
    return { code: 'internal', detail: error instanceof Error ? error.message : String(error) };
  }
  return {
    code: error.code,
    ...(error.message === error.code ? {} : { detail: error.message }),
    ...(Object.keys(error.facts).length === 0 ? {} : { facts: { ...error.facts } }),
  };
}

/** The inverse of {@link errorToInfo}: the same code, detail and facts; the cause does not cross. */
export function errorFromInfo(info: ErrorInfo): SluiceError {
  return new SluiceError(info.code, info.detail, info.facts === undefined ? {} : { facts: info.facts });
}
