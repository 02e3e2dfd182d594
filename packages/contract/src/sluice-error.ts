/** The one error class. Every failure that leaves a package is one of these; match on `code`, never on text. */
import type { ErrorCode, ErrorInfo } from './errors.ts';

export type ErrorFacts = Readonly<Record<string, string | number>>;

export class SluiceError extends Error {
  override readonly name = 'SluiceError';
  readonly code: ErrorCode;
  readonly facts: ErrorFacts;

  /**
   * @param detail English, for logs; must hold no secrets
   * @param options `facts` feed the UI's sentence (names, sizes, status numbers); `cause` stays in this process
   */
  constructor(code: ErrorCode, detail?: string, options: { facts?: ErrorFacts; cause?: unknown } = {}) {
    super(detail ?? code, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.facts = options.facts ?? {};
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
