/** The engine's errors: one class over the closed union of codes, and what a code means for a retry. */
import { errorTraits, type FailureClass, SluiceError } from '@sluice/contract';

export { SluiceError } from '@sluice/contract';

/** What is no error of ours is a fault in the code: a person has to look at it. */
export function classify(error: unknown): FailureClass {
  return error instanceof SluiceError ? errorTraits[error.code].retry : 'needs-user';
}
