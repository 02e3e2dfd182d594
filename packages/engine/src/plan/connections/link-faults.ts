/** Tells what is wrong with a link from what is wrong with this side. */
import { errorTraits } from '@sluice/contract';
import { SluiceError } from '../../errors.ts';

/** Whether another link to the same file may do better. What is wrong with this side's disk would stop each of them. */
export function isFaultOfLink(error: unknown): error is SluiceError {
  return error instanceof SluiceError && errorTraits[error.code].others !== 'none';
}
