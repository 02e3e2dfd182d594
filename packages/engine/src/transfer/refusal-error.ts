/** Turns a verdict that lets no bytes through into the error that a run ends with. */
import { SluiceError } from '../errors.ts';
import type { OpenedResponse } from './open-response.ts';

export function refusalError(verdict: OpenedResponse['verdict']): SluiceError {
  switch (verdict.kind) {
    case 'failed':
      return new SluiceError(verdict.code, undefined, { facts: verdict.facts });
    case 'refused':
      return new SluiceError(verdict.code, verdict.detail, { facts: verdict.facts ?? {} });
    case 'nothing-left':
      return new SluiceError('range-not-satisfiable');
    default:
      return new SluiceError('range-mismatch', `an answer of kind ${verdict.kind} was not asked for`);
  }
}

/** What a server does wrong with ranges it may well do right with the whole file. */
export function blamesRanges({ code }: SluiceError): boolean {
  return code === 'range-ignored' || code === 'range-mismatch' || code === 'encoding-unexpected';
}
