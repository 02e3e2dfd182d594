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
