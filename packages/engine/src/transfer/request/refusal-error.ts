/** Turns a verdict that lets no bytes through into the error that a run ends with. */
import { SluiceError } from '../../errors.ts';
import { headersByName } from '../../plan/response/headers.ts';
import type { OpenedResponse } from './open-response.ts';

export function refusalError({ verdict, response: { status, headers } }: OpenedResponse): SluiceError {
  const response = { status, headers: headersByName(headers) };
  switch (verdict.kind) {
    case 'failed':
      return new SluiceError(verdict.code, `the server answered ${status}`, { facts: verdict.facts, response });
    case 'refused':
      return new SluiceError(verdict.code, verdict.detail, { facts: verdict.facts ?? {}, response });
    case 'nothing-left':
      return new SluiceError('range-not-satisfiable', undefined, { response });
    default:
      return new SluiceError('range-mismatch', `an answer of kind ${verdict.kind} was not asked for`, { response });
  }
}

/** What a server does wrong with ranges it may well do right with the whole file. */
export function blamesRanges({ code }: SluiceError): boolean {
  return code === 'range-ignored' || code === 'range-mismatch' || code === 'encoding-unexpected';
}
