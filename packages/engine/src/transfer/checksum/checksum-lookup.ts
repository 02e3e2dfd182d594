/** Looks for a published checksum while the file is being fetched, so that it costs no extra time. */
import { SluiceError } from '../../errors.ts';
import { checksumPlaces } from '../../plan/checksum/checksum-places.ts';
import { redactUrl } from '../../plan/request/redact.ts';
import type { Resource } from '../../plan/response/resource.ts';
import { findChecksum } from './find-checksum.ts';
import type { LinkTurns } from '../run/link-turns.ts';
import type { RunLimits, RunPorts, RunSpec } from '../run/run-context.ts';
import type { Expectation } from './verify.ts';

/** Files below this are fetched sooner than a server has been asked in all places, and there may be thousands of them. */
const smallestFileBytes = 4 * 1024 * 1024;
/** How long a file that is whole waits for a search that is not over. */
const graceMs = 1000;

/** What the search needs of the run that it belongs to. */
interface SearchingRun {
  readonly ports: RunPorts;
  readonly spec: RunSpec;
  readonly limits: RunLimits;
  readonly links: LinkTurns;
  readonly signal: AbortSignal;
}

/** A search that fails means that nothing was found; it never fails a download. */
export class ChecksumLookup {
  readonly #run: SearchingRun;
  #ended = new AbortController();
  #search: Promise<Expectation | null> | null = null;
  #outcome: Promise<Expectation | null> | null = null;
  /** The remote folder that was asked. */
  #folder: string | null = null;

  constructor(run: SearchingRun) {
    this.#run = run;
  }

  /** Starts the search beside the transfer, unless the host allows no connection more: then it comes afterwards. */
  begin(resource: Resource): void {
    const { host } = this.#run.limits;
    if (this.#search !== null || !this.#isWanted(resource) || !host.tryTake()) return;
    this.#search = this.#find(resource).finally(() => host.release());
  }

  /** What was found by now, or a moment later. */
  outcome(resource: Resource): Promise<Expectation | null> {
    this.#outcome ??= this.#conclude(resource);
    return this.#outcome;
  }

  /** Stops the search. Settles when it has no connection left. */
  async end(): Promise<void> {
    if (this.#search === null) return;
    this.#ended.abort(new SluiceError('aborted', 'the search for a checksum is over'));
    await this.#search;
  }

  /** What was found is of another version than the file: the next search asks again, for lists as well. */
  async forget(): Promise<void> {
    await this.end();
    this.#ended = new AbortController();
    this.#search = null;
    this.#outcome = null;
    if (this.#folder !== null) this.#run.ports.checksumFolders.forget(this.#folder);
  }

  async #conclude(resource: Resource): Promise<Expectation | null> {
    if (!this.#isWanted(resource)) return null;
    const { ports, signal } = this.#run;
    this.#search ??= this.#find(resource);
    const waiting = ports.clock.sleep(graceMs, AbortSignal.any([signal, this.#ended.signal])).then(() => null);
    waiting.catch(() => {});
    try {
      return await Promise.race([this.#search, waiting]);
    } finally {
      await this.end();
    }
  }

  /** A checksum from the user or the server makes a search needless. */
  #isWanted({ totalBytes, checksums = [] }: Resource): boolean {
    const { spec } = this.#run;
    if (!spec.findsChecksum || spec.checksum !== null || checksums.length > 0) return false;
    if ((spec.request.options.method ?? 'GET') !== 'GET') return false;
    return totalBytes !== null && totalBytes >= smallestFileBytes;
  }

  async #find(resource: Resource): Promise<Expectation | null> {
    const { ports, spec, signal, links } = this.#run;
    const places = checksumPlaces({ finalUrl: resource.finalUrl, link: links.current });
    if (places === null) return null;
    const folder = ports.checksumFolders.of(places.folder);
    this.#folder = places.folder;
    try {
      const question = { ports, request: spec.request, places, folder };
      return await findChecksum(question, AbortSignal.any([signal, this.#ended.signal]));
    } catch (error) {
      const code = error instanceof SluiceError ? error.code : String(error);
      ports.log.debug('the search for a checksum failed', { folder: redactUrl(places.folder), code });
      return null;
    }
  }
}
