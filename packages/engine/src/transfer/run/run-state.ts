/** What one run holds and shares between its steps: the partial, the links it may ask, and what became of them. */
import { missingRanges } from '../../plan/ranges/ranges.ts';
import type { ByteRange } from '../../plan/ranges/range.ts';
import type { Resource } from '../../plan/response/resource.ts';
import type { VersionFacts } from '../../plan/response/version-change.ts';
import { ChecksumLookup } from '../checksum/checksum-lookup.ts';
import { LinkTurns } from './link-turns.ts';
import { RangeTrust } from '../proof/range-trust.ts';
import type { RunLimits, RunPorts, RunReports, RunSpec } from './run-context.ts';
import type { WorkingFile } from '../file/working-file.ts';

export interface RunStateOptions {
  readonly spec: RunSpec;
  readonly limits: RunLimits;
  readonly reports: RunReports;
}

export class RunState {
  readonly ports: RunPorts;
  readonly spec: RunSpec;
  readonly limits: RunLimits;
  readonly reports: RunReports;
  readonly signal: AbortSignal;
  readonly links: LinkTurns;
  readonly trust = new RangeTrust((host) => this.#noteLie(host));
  readonly lookup: ChecksumLookup = new ChecksumLookup(this);
  /** Null until the run has a file to write to, and again once that is finished. */
  working: WorkingFile | null = null;
  /** What is on disk of another version; it stays until the file that `working` becomes is finished. */
  earlier: WorkingFile | null = null;
  /**
   * Why the whole is asked for although bytes are on disk. `doubted`: an answer did not fit them, but may have lied.
   * `disproved`: nor did a whole body, so that the next one goes into a partial of its own. `asked`: so does that one,
   * since nothing on disk is to be gone on with. Null: for none of these reasons.
   */
  startsAnew: 'doubted' | 'disproved' | 'asked' | null = null;
  #hasAskedForReplacement = false;
  /** A whole body is being, or was, compared with what is on disk. */
  comparesWhole = false;
  /** What the last answer to a first request said of its version; null before any did. */
  seen: VersionFacts | null = null;
  /** How often the server turned back to the version before. */
  timesTurned = 0;
  /** The file that is fetched is another one than the partial of its name: that stays where it is. */
  isBeside = false;
  wantedName: string | null;
  /** New bytes have arrived. */
  advanced = false;
  /** Why ranges are not asked for again in this run; null while they are. */
  rangesRefused: NonNullable<Resource['refusedBecause']> | null = null;
  /** A range was refused in a way that may mean the file: it was asked for without one, once. */
  hasAskedPlainly = false;
  /** The same of a further connection's range: the next request is that plain one. */
  doubtsRange = false;
  /** What the last answer asked for, if it brought nothing. */
  retryAfterMs: number | null = null;

  constructor(ports: RunPorts, task: RunStateOptions, signal: AbortSignal) {
    this.ports = ports;
    this.spec = task.spec;
    this.limits = task.limits;
    this.signal = signal;
    this.wantedName = task.spec.wantedName;
    this.links = new LinkTurns(task.spec.request.url, task.spec.request.options.mirrors ?? [], {
      nowMs: () => ports.clock.monotonicMs(),
      cooldownLeftMs: (link) => task.limits.hostOf(link).cooldownLeftMs(),
    });
    this.reports = {
      ...task.reports,
      arrived: (sizeBytes) => {
        this.advanced = true;
        task.reports.arrived(sizeBytes);
      },
    };
  }

  learned(resource: Resource): void {
    const fileName = this.working?.fileName;
    this.reports.learned({ resource, ...(fileName === undefined ? {} : { fileName }) });
  }

  /** Once: whether a person has chosen another version than the one on disk, and nothing of it is here yet. */
  takeReplacement(): boolean {
    const { replacesOtherLink = false } = this.spec;
    const isDue = replacesOtherLink && this.earlier === null && !this.#hasAskedForReplacement;
    this.#hasAskedForReplacement ||= isDue;
    return isDue;
  }

  /** The Retry-After of the server that is asked, from any of its answers; null without one. */
  cooldownMs(): number | null {
    const { limits, links, retryAfterMs } = this;
    const ofHost = limits.hostOf(links.current).cooldownLeftMs();
    return retryAfterMs === null && ofHost === 0 ? null : Math.max(ofHost, retryAfterMs ?? 0);
  }

  /**
   * Ranges have lied. What one stream from the beginning brings is all there is from now on, so whatever came by ranges,
   * and whatever lies behind the first gap and can have come by nothing else, is to come again.
   */
  async forgetRanges(working: WorkingFile): Promise<void> {
    const [first] = working.ledger.covered();
    const prefixEnd = first?.start === 0 ? first.end : 0;
    const ranges = [...this.trust.takeWritten(), { start: prefixEnd, end: Number.POSITIVE_INFINITY }];
    await working.disbelieve(ranges);
    this.rangesRefused = 'garbled';
    this.reports.received(working.ledger.coveredBytes);
  }

  #noteLie(host: string): void {
    const { working, ports, spec } = this;
    ports.log.warn('ranges are not what they say: one stream from the beginning is all that is asked for', {
      downloadId: spec.downloadId,
      host,
    });
    if (working === null || working.resource === null) return;
    working.learn({ ...working.resource, ranges: 'refused', refusedBecause: 'garbled' }).catch((error: unknown) => {
      ports.log.warn('noting it down failed', { error: String(error) });
    });
  }

  async close(): Promise<void> {
    await this.lookup.end();
    for (const one of [this.working, this.earlier]) {
      await one?.close().catch((error: unknown) => {
        this.ports.log.warn('closing the partial failed', { error: String(error) });
      });
    }
  }
}

/** What the partial still lacks of the resource; endless while the length is unknown. */
export function missing(working: WorkingFile, resource: Resource): ByteRange[] {
  return missingRanges(resource.totalBytes ?? Number.POSITIVE_INFINITY, working.ledger.covered());
}
