/** Remembers what the answers of one run said of the resource, to find out servers whose nodes tag the same bytes differently. */
import { describeResource } from '../plan/describe-resource.ts';
import { namesRealPart, parseContentRange } from '../plan/content-range.ts';
import { headerValue } from '../plan/headers.ts';
import type { Resource } from '../plan/resource.ts';
import { etagVaries } from '../plan/validators.ts';
import type { ResponseHead } from '../plan/verdict.ts';

/** A server that tags each answer anew is found out long before. */
const mostKept = 32;

export class TagMemory {
  readonly #seen: Resource[] = [];
  #vary = false;

  /** Tags mean nothing here, and only an overlap proves that bytes belong together. Never taken back within a run. */
  get vary(): boolean {
    return this.#vary;
  }

  note(head: ResponseHead): void {
    if (this.#vary || (head.status !== 200 && head.status !== 206)) return;
    const value = headerValue(head.headers, 'content-range');
    const range = value === null ? null : parseContentRange(value);
    const isPart = head.status === 206 || namesRealPart(range);
    const totalBytes = isPart ? (range?.totalBytes ?? null) : head.bodyLengthBytes;
    this.#seen.push(describeResource(head, { totalBytes, ranges: 'unknown', contentEncoding: null, isPart }));
    if (this.#seen.length > mostKept) this.#seen.shift();
    this.#vary = etagVaries(this.#seen);
  }
}
