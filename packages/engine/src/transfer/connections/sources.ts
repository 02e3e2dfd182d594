/** The links that the connections may ask: the one that the bytes came from, and the mirrors that were verified. */
import { SluiceError } from '../../errors.ts';
import { rankSources } from '../../plan/connections/choose-source.ts';
import { chooseProof, chooseSample, leastProofBytes } from '../../plan/ranges/mirror-proof.ts';
import type { ByteRange } from '../../plan/ranges/range.ts';
import type { Resource } from '../../plan/response/resource.ts';
import { verifyMirror, type MirrorVerification } from '../proof/verify-mirror.ts';
import type { RequestBase } from '../request/open-response.ts';
import { readRange } from '../proof/read-range.ts';
import type { RangeTrust } from '../proof/range-trust.ts';
import type { HostAllowance, RunLimits, RunPorts } from '../run/run-context.ts';
import { Source } from './source.ts';
import { tells } from '../proof/telling-window.ts';
import type { WorkingFile } from '../file/working-file.ts';

/** The most mirrors that are verified at the same time. */
const mostVerifications = 4;
/** A mirror that has not shown its bytes by then is too slow to help. */
const verificationMs = 10_000;
/** How long the second connection is reserved for a mirror that is being verified: on the link itself it may not help. */
const keepRoomMs = 1000;

export interface SourcesOptions {
  readonly ports: Pick<RunPorts, 'http' | 'clock' | 'log'>;
  readonly request: RequestBase;
  readonly link: string;
  readonly mirrors: readonly string[];
  readonly limits: RunLimits;
  readonly working: Pick<WorkingFile, 'partial' | 'ledger'>;
  readonly resource: Resource;
  readonly trust: RangeTrust;
}

export class Sources {
  /** The link that the first response came from. */
  readonly own: Source;
  readonly #options: SourcesOptions;
  readonly #mirrors: Source[] = [];
  #waiting: readonly string[];
  readonly #underWay = new Set<Promise<void>>();
  #sinceMs: number | null = null;
  /** Read off the link once, for all mirrors. */
  #sample: MirrorVerification['sample'] | null = null;
  #hasAsked = false;
  #hasNewMirror = false;

  constructor(options: SourcesOptions) {
    const { link, request, limits, resource } = options;
    this.#options = options;
    this.#waiting = options.mirrors;
    this.own = new Source({ link, request, host: limits.host, resource, isMirror: false });
  }

  /** A mirror has proved itself and may still be asked. */
  get hasMirror(): boolean {
    return this.#mirrors.some((mirror) => !mirror.isGivenUp);
  }

  /** A mirror is or may be among those that brought the bytes. */
  get hadMirror(): boolean {
    return this.#mirrors.length > 0;
  }

  /** Whether a mirror has proved itself. Not told again. */
  takeNewMirror(): boolean {
    const isNew = this.#hasNewMirror;
    this.#hasNewMirror = false;
    return isNew;
  }

  /** Once: whether enough has arrived to compare mirrors with, if only it were on disk. */
  askForBytes(receivedBytes: number): boolean {
    if (this.#hasAsked || this.#waiting.length === 0 || receivedBytes < leastProofBytes) return false;
    this.#hasAsked = true;
    return true;
  }

  /** Whether a second connection should wait for the mirror that it may go to. */
  keepsRoom(atMs: number): boolean {
    return this.#underWay.size > 0 && !this.hadMirror && atMs - (this.#sinceMs ?? atMs) < keepRoomMs;
  }

  /**
   * Counts one more connection to the link that should have it.
   * @param pace what a link's connections bring on average; null while unknown
   * @returns null when no link or host lets one more in
   */
  take(pace: (source: Source) => number | null): Source | null {
    const usable = [this.own, ...this.#mirrors].filter((source) => !source.isGivenUp);
    const paces = usable.map((source) => ({ open: source.open, bytesPerMs: pace(source) }));
    for (const index of rankSources(paces)) {
      const source = usable[index];
      if (source?.tryTake() === true) return source;
    }
    return null;
  }

  /** Why there is no connection left, and none may be opened. */
  noneLetIn(): SluiceError {
    return this.own.isCoolingDown
      ? new SluiceError('http-unavailable', 'the host has said when to come back')
      : new SluiceError('stalled', 'no link lets a connection in');
  }

  /** Looks at mirrors that wait, as far as there is something to compare them with and their hosts let one in. */
  verifyMirrors(atMs: number, signal: AbortSignal): void {
    const { working, resource, limits } = this.#options;
    if (this.#waiting.length === 0 || this.#underWay.size >= mostVerifications || resource.totalBytes === null) return;
    const covered = working.ledger.covered();
    const proof = chooseProof(resource.totalBytes, covered);
    if (proof === null) return;
    this.#sinceMs ??= atMs;
    this.#sample ??= this.#readSample(chooseSample(resource.totalBytes, covered), signal);
    const sample = this.#sample;
    const begun = new Set<string>();
    for (const mirror of this.#waiting) {
      const host = limits.hostOf(mirror);
      if (this.#underWay.size >= mostVerifications || !host.tryTake()) continue;
      begun.add(mirror);
      const verifying = this.#verify({ mirror, host, proof, sample }, signal).finally(() =>
        this.#underWay.delete(verifying),
      );
      this.#underWay.add(verifying);
    }
    this.#waiting = this.#waiting.filter((mirror) => !begun.has(mirror));
  }

  /** Settles when no mirror is being looked at any more. */
  async settled(): Promise<void> {
    await Promise.all([...this.#underWay, this.#sample?.bytes]);
  }

  /** A link that lets no second request in, or a host that has no more room, does without: then the disk alone decides. */
  #readSample(range: ByteRange, signal: AbortSignal): MirrorVerification['sample'] {
    const { ports, limits, request, resource: known } = this.#options;
    if (!limits.host.tryTake()) return { range, bytes: Promise.resolve(null) };
    const bytes = readRange(ports, { request, url: this.own.url, known, range }, signal)
      .catch(() => null)
      .finally(() => limits.host.release());
    return { range, bytes };
  }

  /** @param candidate its `host` with one connection counted */
  async #verify(
    candidate: Pick<MirrorVerification, 'mirror' | 'proof' | 'sample'> & { readonly host: HostAllowance },
    signal: AbortSignal,
  ): Promise<void> {
    const { ports, request, resource: known, working } = this.#options;
    const { mirror, host, proof, sample } = candidate;
    const { partial } = working;
    const over = new AbortController();
    const limit = new AbortController();
    const tooLong = (): void => limit.abort(new SluiceError('stalled', 'the mirror took too long to show its bytes'));
    ports.clock.sleep(verificationMs, over.signal).then(tooLong, () => {});
    try {
      const options = { ports, request, mirror, known, partial, proof, sample };
      const resource = await verifyMirror(options, AbortSignal.any([signal, limit.signal]));
      if (await tells(partial, proof)) this.#options.trust.prove(resource.finalUrl);
      this.#mirrors.push(new Source({ link: mirror, request, host, resource, isMirror: true }));
      this.#hasNewMirror = true;
      ports.log.info('a mirror leads to the same file', { host: URL.parse(mirror)?.host });
    } catch (error) {
      const code = error instanceof SluiceError ? error.code : 'internal';
      if (!signal.aborted) ports.log.info('a mirror is of no help', { host: URL.parse(mirror)?.host, code });
    } finally {
      over.abort();
      host.release();
    }
  }
}
