/** Which of a download's links is asked: its own, and when that fails each mirror in turn. */
import type { ErrorCode } from '@sluice/contract';
import { SluiceError } from '../errors.ts';

/** What another link to the same file may do better. What is wrong with this side's disk would follow to every one. */
const faultsOfLinks: ReadonlySet<ErrorCode> = new Set([
  'unreachable',
  'connection-reset',
  'stalled',
  'body-short',
  'encoding-unexpected',
  'page-instead-of-file',
  'resource-changed',
  'resume-unproved',
]);
const familiesOfFaults = /^(?:http|dns|tls|connect|proxy|redirect|range)-/;

export class LinkTurns {
  #current: string;
  #left: readonly string[];
  #first: SluiceError | null = null;

  constructor(link: string, mirrors: readonly string[]) {
    this.#current = link;
    this.#left = mirrors.filter((mirror) => mirror !== link);
  }

  get current(): string {
    return this.#current;
  }

  /** The link that is current has failed. @throws the error of the first one when no other may do better */
  next(error: unknown): void {
    if (!(error instanceof SluiceError) || !(faultsOfLinks.has(error.code) || familiesOfFaults.test(error.code))) {
      throw error;
    }
    this.#first ??= error;
    const [next, ...others] = this.#left;
    if (next === undefined) throw this.#first;
    this.#current = next;
    this.#left = others;
  }
}
