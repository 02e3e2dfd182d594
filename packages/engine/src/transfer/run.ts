/** One attempt to carry a download through, from what is on disk to the finished file. */
import { SluiceError } from '../errors.ts';
import { chooseFileName } from '../plan/names/choose-file-name.ts';
import { headerValue } from '../plan/headers.ts';
import type { Decoding } from '../plan/encoding.ts';
import { missingRanges, totalLength } from '../plan/ranges.ts';
import type { ByteRange } from '../plan/range.ts';
import type { Resource } from '../plan/resource.ts';
import { hasStrongTag } from '../plan/validators.ts';
import { keepCheckpoints } from './checkpoints.ts';
import type { FirstBody } from './connection.ts';
import { createWorkingFile } from './create-working-file.ts';
import { runCrew } from './crew.ts';
import { ensureRoom } from './ensure-room.ts';
import { finalise } from './finalise.ts';
import { LinkTurns } from './link-turns.ts';
import { type OpenedResponse, openResponse } from './open-response.ts';
import { openWorkingFile } from './open-working-file.ts';
import { proveLink } from './prove-link.ts';
import { blamesRanges, refusalError } from './refusal-error.ts';
import type { RunLimits, RunPorts, RunReports, RunWish } from './run-context.ts';
import { SegmentBoard } from './segment-board.ts';
import { expectedChecksum, verifyChecksum } from './verify.ts';
import type { WorkingFile } from './working-file.ts';

/** What a run came to. Everything fetched and proved is on disk and claimed in the journal in every case. */
export type Outcome =
  | {
      readonly kind: 'finished';
      readonly fileName: string;
      readonly fileIdentity: string;
      readonly sizeBytes: number;
      readonly verifiedBy: string | null;
    }
  | { readonly kind: 'stopped' }
  | {
      readonly kind: 'failed';
      readonly error: SluiceError;
      readonly advanced: boolean;
      readonly retryAfterMs: number | null;
    };

/** A resource that keeps changing under the run is given up after this many fresh starts. */
const mostRestarts = 3;
/**
 * Re-read and compared before appending unless a strong entity tag vouches for the old bytes. A date is not
 * enough: files that are copied over or unpacked keep theirs.
 */
const overlapBytes = 64 * 1024;

export async function runDownload(
  ports: RunPorts,
  task: { readonly wish: RunWish; readonly limits: RunLimits; readonly reports: RunReports },
  signal: AbortSignal,
): Promise<Outcome> {
  const run = new Run(ports, task, signal);
  try {
    return await run.carryOut();
  } catch (error) {
    if (signal.aborted) return { kind: 'stopped' };
    const known = error instanceof SluiceError ? error : new SluiceError('internal', String(error), { cause: error });
    return { kind: 'failed', error: known, advanced: run.advanced, retryAfterMs: run.retryAfterMs };
  } finally {
    await run.close();
  }
}

type First = { readonly resource: Resource; readonly body: FirstBody };

class Run {
  readonly #ports: RunPorts;
  readonly #wish: RunWish;
  readonly #limits: RunLimits;
  readonly #reports: RunReports;
  readonly #signal: AbortSignal;
  #working: WorkingFile | null = null;
  #wantedName: string | null;
  readonly #links: LinkTurns;
  advanced = false;
  retryAfterMs: number | null = null;

  constructor(
    ports: RunPorts,
    task: { readonly wish: RunWish; readonly limits: RunLimits; readonly reports: RunReports },
    signal: AbortSignal,
  ) {
    this.#ports = ports;
    this.#wish = task.wish;
    this.#limits = task.limits;
    this.#signal = signal;
    this.#wantedName = task.wish.wantedName;
    this.#links = new LinkTurns(task.wish.request.url, task.wish.request.options.mirrors ?? []);
    this.#reports = {
      ...task.reports,
      arrived: (sizeBytes) => {
        this.advanced = true;
        task.reports.arrived(sizeBytes);
      },
    };
  }

  async carryOut(): Promise<Outcome> {
    const complete = await this.#takeUp();
    if (complete !== null) return complete;
    for (let restarts = 0; ; restarts += 1) {
      if (this.#isWhole()) break;
      try {
        this.#reports.phase('connecting');
        const first = await this.#connect();
        if (first === null) break;
        this.#reports.phase('transferring');
        await this.#transfer(first);
        break;
      } catch (error) {
        if (this.#signal.aborted) throw error;
        if (restarts >= mostRestarts || !(await this.#prepareRestart(error))) this.#links.next(error);
      }
    }
    return this.#finish();
  }

  async close(): Promise<void> {
    await this.#working?.close().catch((error: unknown) => {
      this.#ports.log.warn('closing the partial failed', { error: String(error) });
    });
  }

  /** Opens what an earlier run left, if anything. @returns an outcome when that turns out to be the whole file */
  async #takeUp(): Promise<Outcome | null> {
    const { folder, downloadId, request } = this.#wish;
    const { files, claims, log, adoptable } = this.#ports;
    const fileName =
      this.#wish.fileName ?? (await adoptable.find(folder, [request.url, ...(request.options.mirrors ?? [])]));
    if (fileName === null || !claims.claim(files.join(folder, fileName), downloadId)) return null;
    this.#reports.phase('checking');
    const reopened = await openWorkingFile(files, { folder, fileName }, this.#signal);
    if (reopened.kind === 'opened') {
      this.#working = reopened.working;
      this.#reports.received(reopened.working.ledger.coveredBytes);
      const { resource, ledger } = reopened.working;
      if (resource === null) return null;
      if (this.#wish.startsOver) await this.#startOver(reopened.working, resource);
      this.#learned(resource);
      const { totalBytes } = resource;
      await ensureRoom(files, folder, totalBytes === null ? null : totalBytes - ledger.coveredBytes);
      return null;
    }
    claims.release(downloadId);
    if (reopened.kind === 'complete') return { ...reopened, kind: 'finished', fileName, verifiedBy: null };
    log.info('nothing to take up', { reason: reopened.reason });
    if (reopened.keepName && fileName === this.#wish.fileName) this.#wantedName = fileName;
    return null;
  }

  #isWhole(): boolean {
    const working = this.#working;
    const totalBytes = working?.resource?.totalBytes ?? null;
    return working !== null && totalBytes !== null && working.ledger.coveredBytes === totalBytes;
  }

  /** Sends the first request of an attempt. @returns null when the server says that nothing is left to fetch */
  async #connect(): Promise<First | null> {
    const working = this.#working;
    const known = working?.resource ?? null;
    if (working !== null && !working.isFrom(this.#links.current)) return this.#connectByNewLink(working, known);
    const gap = working === null ? null : firstGap(working, known);
    if (working === null || known === null || gap === null || gap.start === 0 || known.ranges === 'refused') {
      return this.#connectWhole(known);
    }
    return this.#connectPart({
      known,
      gap,
      overlap: hasStrongTag(known) && !this.#wish.request.session.tags.vary ? 0 : overlapBytes,
    });
  }

  /** Nothing is forgotten for a link that leads elsewhere: it may have been given by mistake. */
  async #connectByNewLink(working: WorkingFile, known: Resource | null): Promise<First | null> {
    if (known === null || working.ledger.coveredBytes === 0) {
      await working.recordLink(this.#links.current);
      return this.#connectWhole(null);
    }
    const proved = await proveLink({
      working,
      known,
      link: this.#links.current,
      open: (ask) => this.#open(ask),
      refuse: (opened) => this.#refuse(opened),
      signal: this.#signal,
    });
    this.#learned(proved.resource);
    return proved.body === null ? this.#connect() : { resource: proved.resource, body: proved.body };
  }

  async #connectWhole(known: Resource | null): Promise<First> {
    const opened = await this.#open({ range: null, known });
    const { verdict, response } = opened;
    if (verdict.kind === 'refused' && verdict.encoded !== undefined) {
      return this.#useFromStart(opened, verdict.encoded.resource, verdict.encoded.decoding);
    }
    if (verdict.kind !== 'whole') throw this.#refuse(opened);
    if (this.#working === null) return this.#useFromStart(opened, verdict.resource, null);
    return this.#useWhole(this.#working, verdict, response.body);
  }

  /** A body from byte 0 that nothing on disk can be compared with. */
  async #useFromStart(opened: OpenedResponse, resource: Resource, decoding: Decoding | null): Promise<First> {
    if (this.#working === null) await this.#create(opened, resource);
    else await this.#startOver(this.#working, resource);
    return { resource, body: { body: opened.response.body, bodyStart: 0, start: 0, decoding } };
  }

  /** A body from byte 0 although bytes are on disk: the same version goes on behind a proof, another starts over. */
  async #useWhole(
    working: WorkingFile,
    verdict: { readonly resource: Resource; readonly version: string },
    body: FirstBody['body'],
  ): Promise<First> {
    const start = firstGap(working, verdict.resource)?.start ?? 0;
    const startsOver = verdict.version === 'changed' || start === 0 || working.resource === null;
    if (startsOver) await this.#startOver(working, verdict.resource);
    else await working.learn(verdict.resource);
    this.#learned(verdict.resource);
    return { resource: verdict.resource, body: { body, bodyStart: 0, start: startsOver ? 0 : start, decoding: null } };
  }

  async #connectPart(wanted: { known: Resource; gap: ByteRange; overlap: number }): Promise<First | null> {
    const working = this.#working;
    if (working === null) throw new SluiceError('internal', 'a part was asked for without a partial');
    const { known, gap } = wanted;
    const bodyStart = Math.max(0, gap.start - wanted.overlap);
    const end = Number.isFinite(gap.end) ? gap.end : null;
    const opened = await this.#open({ range: { start: bodyStart, end }, known });
    const { verdict, response } = opened;
    switch (verdict.kind) {
      case 'part':
        if (verdict.version === 'unproved' && wanted.overlap === 0) {
          response.body.discard();
          return this.#connectPart({ ...wanted, overlap: overlapBytes });
        }
        await working.learn(verdict.resource);
        this.#learned(verdict.resource);
        return {
          resource: verdict.resource,
          body: { body: response.body, bodyStart, start: gap.start, decoding: null },
        };
      case 'whole':
        return this.#useWhole(working, verdict, response.body);
      case 'nothing-left':
        response.body.discard();
        return this.#onNothingLeft(working, verdict.totalBytes);
      default:
        throw this.#refuse(opened);
    }
  }

  /** 416 (RFC 9110 section 15.5.17): either all is here already, or the resource has shrunk and is another one. */
  async #onNothingLeft(working: WorkingFile, totalBytes: number | null): Promise<First | null> {
    const covered = working.ledger.covered();
    const known = working.resource;
    const prefix = covered[0]?.start === 0 ? covered[0].end : 0;
    const isWhole = covered.length === 1 && prefix === (totalBytes ?? prefix) && known?.totalBytes === null;
    if (isWhole && known !== null) {
      await working.learn({ ...known, totalBytes: prefix });
      return null;
    }
    if (known !== null) await this.#startOver(working, known);
    return this.#connectWhole(null);
  }

  async #open(ask: {
    range: { start: number; end: number | null } | null;
    known: Resource | null;
  }): Promise<OpenedResponse> {
    const { request } = this.#wish;
    return openResponse(this.#ports, request, { ask: { ...ask, url: this.#links.current }, signal: this.#signal });
  }

  /** The error for an answer that brings no bytes; the body is given up. */
  #refuse(opened: OpenedResponse): SluiceError {
    opened.response.body.discard();
    if (opened.verdict.kind === 'failed') this.retryAfterMs = opened.verdict.retryAfterMs;
    return refusalError(opened.verdict);
  }

  async #create(opened: OpenedResponse, resource: Resource): Promise<void> {
    const { wish, ports } = { wish: this.#wish, ports: this.#ports };
    const wantedName = chooseFileName({
      url: wish.request.url,
      finalUrl: opened.finalUrl,
      contentDisposition: headerValue(opened.response.headers, 'content-disposition'),
      contentType: resource.contentType,
      userName: this.#wantedName,
      platform: ports.platform,
    });
    try {
      this.#working = await createWorkingFile(ports.files, ports.claims, {
        downloadId: wish.downloadId,
        url: this.#links.current,
        folder: wish.folder,
        wantedName,
        resource,
        createdAtMs: ports.clock.wallMs(),
      });
    } catch (error) {
      opened.response.body.discard();
      throw error;
    }
    this.#reports.received(0);
    this.#learned(resource);
  }

  async #startOver(working: WorkingFile, resource: Resource): Promise<void> {
    this.#ports.log.info('starting over', {
      downloadId: this.#wish.downloadId,
      lostBytes: working.ledger.coveredBytes,
    });
    await working.restart(resource);
    this.#reports.received(0);
  }

  #learned(resource: Resource): void {
    const fileName = this.#working?.fileName;
    this.#reports.learned({ resource, ...(fileName === undefined ? {} : { fileName }) });
  }

  async #transfer(first: First): Promise<void> {
    const working = this.#working;
    if (working === null) throw new SluiceError('internal', 'no partial to write to');
    const gaps = missing(working, first.resource);
    const board = new SegmentBoard(gaps);
    if (board.isDone) return first.body.body.discard();
    this.#reports.segments(() => board.look(working.ledger.covered()));
    const { ports, reports, limits } = { ports: this.#ports, reports: this.#reports, limits: this.#limits };
    const task = { ports, reports, limits, request: this.#wish.request, link: this.#links.current, working, board };
    await keepCheckpoints(
      { working, board, clock: ports.clock },
      (signal) => runCrew({ ...task, resource: first.resource, first: first.body }, signal),
      this.#signal,
    );
    if (first.resource.totalBytes === null) {
      const totalBytes = totalLength(working.ledger.covered());
      await working.learn({ ...first.resource, totalBytes });
      this.#learned({ ...first.resource, totalBytes });
    }
  }

  /** Whether a fresh start within this run can get around `error`; if so, prepares it. */
  async #prepareRestart(error: unknown): Promise<boolean> {
    const working = this.#working;
    if (!(error instanceof SluiceError) || working === null || working.resource === null) return false;
    if (!working.isFrom(this.#links.current)) return false;
    if (error.code === 'resource-changed') {
      await this.#startOver(working, working.resource);
      return true;
    }
    // A connection met the end where none was known: the next request settles whether all is here.
    if (error.code === 'range-not-satisfiable') return true;
    if (error.code === 'resume-unproved') return this.#wish.request.session.tags.vary;
    if (blamesRanges(error)) {
      if (working.resource.ranges === 'refused') return false;
      await working.learn({ ...working.resource, ranges: 'refused' });
      return true;
    }
    return false;
  }

  async #finish(): Promise<Outcome> {
    const working = this.#working;
    if (working === null) throw new SluiceError('internal', 'nothing to finish');
    const verifiedBy = await this.#verify(working);
    const finished = await finalise(this.#ports, {
      working,
      downloadId: this.#wish.downloadId,
      reports: this.#reports,
    });
    this.#working = null;
    return { kind: 'finished', verifiedBy, ...finished };
  }

  /** @returns the algorithm, or null when nobody gave a checksum */
  async #verify(working: WorkingFile): Promise<string | null> {
    const { resource } = working;
    const expectation = expectedChecksum(this.#wish.checksum, resource);
    if (expectation === null || resource?.totalBytes === undefined || resource.totalBytes === null) return null;
    this.#reports.phase('verifying');
    const options = { sizeBytes: resource.totalBytes, signal: this.#signal };
    await verifyChecksum(working.partial, expectation, options);
    return expectation.checksum.algorithm;
  }
}

function missing(working: WorkingFile, resource: Resource): ByteRange[] {
  return missingRanges(resource.totalBytes ?? Number.POSITIVE_INFINITY, working.ledger.covered());
}

function firstGap(working: WorkingFile, resource: Resource | null): ByteRange | null {
  return resource === null ? null : (missing(working, resource)[0] ?? null);
}
