/** Tells what is wrong with a link from what is wrong with this side. */
import type { ErrorCode } from '@sluice/contract';
import { SluiceError } from '../../errors.ts';

const faultsOfLinks: ReadonlySet<ErrorCode> = new Set([
  'unreachable',
  'connection-reset',
  'stalled',
  'body-short',
  'encoding-unexpected',
  'page-instead-of-file',
  'decompression-bomb',
  'resource-changed',
  'resume-unproved',
  'ssh-host-key',
  // No program for its scheme.
  'unsupported',
]);
const familiesOfFaults = /^(?:http|dns|tls|connect|proxy|redirect|range)-/;

/** Whether another link to the same file may do better. What is wrong with this side's disk would follow to every one. */
export function isFaultOfLink(error: unknown): error is SluiceError {
  return error instanceof SluiceError && (faultsOfLinks.has(error.code) || familiesOfFaults.test(error.code));
}
