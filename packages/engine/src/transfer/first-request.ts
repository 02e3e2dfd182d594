/** What answers the first request of an attempt: a new partial, one that goes on, or one that starts over. */
import { SluiceError } from '../errors.ts';
import { chooseFileName } from '../plan/names/choose-file-name.ts';
import { mergeResource } from '../plan/describe-resource.ts';
import { headerValue } from '../plan/headers.ts';
import { mayMeanTheRange, withoutRanges } from '../plan/doubtful-refusal.ts';
import type { Decoding } from '../plan/encoding.ts';
import type { ByteRange } from '../plan/range.ts';
import type { Resource } from '../plan/resource.ts';
import type { HttpBody } from '../ports/http.ts';
import type { FirstBody } from './connection.ts';
import { createWorkingFile } from './create-working-file.ts';
import { LateBody } from './late-body.ts';
import { type OpenedResponse, openResponse } from './open-response.ts';
import { proveLink } from './prove-link.ts';
import { refusalError } from './refusal-error.ts';
import { missing, type RunState } from './run-state.ts';
import { isWholeFile } from './is-whole-file.ts';
import { saveWhole } from './save-whole.ts';
import type { FinishedFile } from './take-up.ts';
import { trySmall } from './try-small.ts';
import type { WorkingFile } from './working-file.ts';

/**
 * Re-read and compared before anything is appended, whatever the validators say: a date is kept by files that are copied
 * over or unpacked, and a right tag does not make a server begin where it was told to.
 */
const overlapBytes = 64 * 1024;

export interface First {
  readonly resource: Resource;
  readonly body: FirstBody;
  /** How long the request took to be answered, and whatever belonged to that. */
  readonly latencyMs: number;
}

export class FirstRequest {
  readonly #run: RunState;
  #latencyMs = 0;

  constructor(run: RunState) {
    this.#run = run;
  }

  /** @returns null when the server says that nothing is left to fetch; a small file that came at once is finished */
  async send(): Promise<First | FinishedFile | null> {
    const working = this.#run.working;
    const known = working?.resource ?? null;
    if (working !== null && !working.isFrom(this.#run.links.current)) return this.#connectByNewLink(working, known);
    const gap = working === null ? null : firstGap(working, known);
    if (working === null || known === null || gap === null || this.#mustAskPlainly(known)) {
      return this.#connectWhole(known);
    }
    if (gap.start > 0) return this.#connectPart(working, known, gap);
    return working.ledger.coveredBytes === 0
      ? this.#connectWhole(known)
      : this.#connectBeginning(working, known, gap.end);
  }

  /** What an earlier run learned about ranges is tried again: an honest answer disproves it. */
  #mustAskPlainly({ ranges, refusedBecause }: Resource): boolean {
    return ranges === 'refused' && (this.#run.rangesRefused !== null || refusedBecause === 'stated');
  }

  /** Nothing is forgotten for a link that leads elsewhere: it may have been given by mistake. */
  async #connectByNewLink(working: WorkingFile, known: Resource | null): Promise<First | FinishedFile | null> {
    if (known === null || working.ledger.coveredBytes === 0) {
      await working.recordLink(this.#run.links.current);
      return this.#connectWhole(null);
    }
    const proved = await proveLink({
      working,
      known,
      link: this.#run.links.current,
      open: (ask) => this.#open(ask),
      refuse: (opened) => this.#refuse(opened),
      signal: this.#run.signal,
    });
    this.#run.learned(proved.resource);
    return proved.body === null ? this.send() : this.#first(proved.resource, proved.body);
  }

  async #connectWhole(known: Resource | null): Promise<First | FinishedFile> {
    const opened = await this.#open({ range: null, known });
    const { verdict, response } = opened;
    if (verdict.kind === 'refused' && verdict.encoded !== undefined) {
      if (this.#run.working === null) await this.#refusePresent(opened, verdict.encoded.resource);
      return this.#useFromStart(opened, verdict.encoded.resource, verdict.encoded.decoding);
    }
    if (verdict.kind !== 'whole') throw this.#refuse(opened);
    if (this.#run.working === null) return this.#useNew(opened, verdict.resource);
    return this.#useWhole(this.#run.working, verdict, response.body);
  }

  /** The first body of a download. A small one is whole before a partial would be made. */
  async #useNew(opened: OpenedResponse, resource: Resource): Promise<First | FinishedFile> {
    await this.#refusePresent(opened, resource);
    const small = await trySmall(this.#run, opened.response.body, resource);
    if (small === null) return this.#useFromStart(opened, resource, null);
    if (small.bytes === null) return this.#useFromStart(withBody(opened, small.body), resource, null);
    const wantedName = this.#wantedName(opened, resource);
    return saveWhole(this.#run, { bytes: small.bytes, owner: small.owner, resource, wantedName });
  }

  /** Once the name is known, and before the body is read. */
  async #refusePresent(opened: OpenedResponse, resource: Resource): Promise<void> {
    const { files } = this.#run.ports;
    const { folder, skipIfPresent = false } = this.#run.wish;
    const path = skipIfPresent ? files.join(folder, this.#wantedName(opened, resource)) : null;
    if (path === null) return;
    try {
      if (!(await isWholeFile(files, path))) return;
      throw new SluiceError('file-exists', 'the file is there already', { facts: { presentPath: path } });
    } catch (error) {
      opened.response.body.discard();
      throw error;
    }
  }

  /** A body from byte 0 that nothing on disk can be compared with. */
  async #useFromStart(opened: OpenedResponse, resource: Resource, decoding: Decoding | null): Promise<First> {
    if (this.#run.working === null) await this.#create(opened, resource);
    else await this.#run.startOver(this.#run.working, resource);
    return this.#first(resource, { body: opened.response.body, bodyStart: 0, start: 0, decoding });
  }

  /** A body from byte 0 although bytes are on disk: the same version goes on behind a proof, another starts over. */
  async #useWhole(
    working: WorkingFile,
    verdict: { readonly resource: Resource; readonly version: string },
    body: FirstBody['body'],
  ): Promise<First> {
    const start = firstGap(working, verdict.resource)?.start ?? 0;
    if (verdict.version === 'changed' || start === 0 || working.resource === null) {
      await this.#run.startOver(working, verdict.resource);
      this.#run.learned(verdict.resource);
      return this.#first(verdict.resource, { body, bodyStart: 0, start: 0, decoding: null });
    }
    this.#run.reports.phase('transferring');
    const proved = await this.#prove(working, body, { from: 0, until: start });
    return this.#goOn(working, verdict.resource, { body: proved, start });
  }

  /** What an answer says is believed of the bytes on disk only when its own have shown that it speaks of them. */
  async #prove(
    working: WorkingFile,
    body: HttpBody,
    range: { readonly from: number; readonly until: number },
  ): Promise<HttpBody> {
    const late = new LateBody(body);
    try {
      await late.prove(working.partial, range, this.#run.signal);
    } catch (error) {
      late.discard();
      throw error;
    }
    return late;
  }

  async #goOn(
    working: WorkingFile,
    resource: Resource,
    from: { readonly body: HttpBody; readonly start: number },
  ): Promise<First> {
    await working.learn(resource);
    this.#run.learned(resource);
    return this.#first(resource, { body: from.body, bodyStart: from.start, start: from.start, decoding: null });
  }

  async #connectPart(working: WorkingFile, known: Resource, gap: ByteRange): Promise<First | FinishedFile | null> {
    const from = Math.max(0, gap.start - overlapBytes);
    const end = Number.isFinite(gap.end) ? gap.end : null;
    const opened = await this.#open({ range: { start: from, end }, known });
    const { verdict, response } = opened;
    switch (verdict.kind) {
      case 'part': {
        const body = await this.#prove(working, response.body, { from, until: gap.start });
        return this.#goOn(working, mergeResource(known, verdict.resource), { body, start: gap.start });
      }
      case 'whole':
        return this.#useWhole(working, verdict, response.body);
      case 'nothing-left':
        response.body.discard();
        return this.#onNothingLeft(working, verdict.totalBytes);
      default:
        throw this.#refuse(opened);
    }
  }

  /**
   * The beginning is missing, and what is behind it is there: bytes from there have to be the same before the beginning
   * is asked for.
   */
  async #connectBeginning(working: WorkingFile, known: Resource, end: number): Promise<First | FinishedFile | null> {
    const behind = working.ledger.covered().find(({ start }) => start === end);
    const until = Math.min(behind?.end ?? end, end + overlapBytes);
    const asked = await this.#open({ range: { start: end, end: until }, known });
    if (asked.verdict.kind === 'whole') return this.#useWhole(working, asked.verdict, asked.response.body);
    if (asked.verdict.kind === 'nothing-left') {
      asked.response.body.discard();
      return this.#onNothingLeft(working, asked.verdict.totalBytes);
    }
    if (asked.verdict.kind !== 'part') throw this.#refuse(asked);
    (await this.#prove(working, asked.response.body, { from: end, until })).discard();
    const resource = mergeResource(known, asked.verdict.resource);
    const opened = await this.#open({ range: { start: 0, end }, known: resource });
    const { verdict, response } = opened;
    if (verdict.kind === 'whole') return this.#useWhole(working, verdict, response.body);
    if (verdict.kind !== 'part') throw this.#refuse(opened);
    return this.#goOn(working, mergeResource(resource, verdict.resource), { body: response.body, start: 0 });
  }

  /** 416 (RFC 9110 section 15.5.17): either all is here already, or the resource has shrunk and is another one. */
  async #onNothingLeft(working: WorkingFile, totalBytes: number | null): Promise<First | FinishedFile | null> {
    const covered = working.ledger.covered();
    const known = working.resource;
    const prefix = covered[0]?.start === 0 ? covered[0].end : 0;
    const isWhole = covered.length === 1 && prefix === (totalBytes ?? prefix) && known?.totalBytes === null;
    if (isWhole && known !== null) {
      await working.learn({ ...known, totalBytes: prefix });
      return null;
    }
    if (known !== null) await this.#run.startOver(working, known);
    return this.#connectWhole(null);
  }

  async #open(ask: {
    range: { start: number; end: number | null } | null;
    known: Resource | null;
  }): Promise<OpenedResponse> {
    const { request } = this.#run.wish;
    const askedAtMs = this.#run.ports.clock.monotonicMs();
    const answer = await openResponse(this.#run.ports, request, {
      ask: { ...ask, url: this.#run.links.current },
      signal: this.#run.signal,
    });
    this.#latencyMs = this.#run.ports.clock.monotonicMs() - askedAtMs;
    if (!this.#run.hasAskedPlainly && mayMeanTheRange(ask, answer.verdict)) {
      this.#run.hasAskedPlainly = true;
      answer.response.body.discard();
      const plain = await this.#open({ range: null, known: ask.known });
      if (plain.verdict.kind === 'whole') this.#run.rangesRefused = 'status';
      return { ...plain, verdict: withoutRanges(plain.verdict, 'status') };
    }
    const { rangesRefused } = this.#run;
    const opened =
      rangesRefused === null ? answer : { ...answer, verdict: withoutRanges(answer.verdict, rangesRefused) };
    const { verdict, response, finalUrl } = opened;
    const bringsBytes = verdict.kind === 'whole' || verdict.kind === 'part' || 'encoded' in verdict;
    if (!bringsBytes) return opened;
    const head = { status: response.status, headers: response.headers, finalUrl };
    this.#run.reports.answered(head);
    try {
      await request.hooks?.afterResponse?.(head);
    } catch (error) {
      response.body.discard();
      throw error;
    }
    return opened;
  }

  #first(resource: Resource, body: FirstBody): First {
    return { resource, body, latencyMs: this.#latencyMs };
  }

  /** The error for an answer that brings no bytes; the body is given up. */
  #refuse(opened: OpenedResponse): SluiceError {
    opened.response.body.discard();
    const { verdict } = opened;
    if (verdict.kind === 'failed') this.#run.retryAfterMs = verdict.retryAfterMs;
    return refusalError(opened);
  }

  async #create(opened: OpenedResponse, resource: Resource): Promise<void> {
    const { wish, ports } = { wish: this.#run.wish, ports: this.#run.ports };
    const { whenTaken = 'number' } = wish;
    const wantedName = this.#wantedName(opened, resource);
    try {
      const { working, kept } = await createWorkingFile(ports.files, ports.claims, {
        downloadId: wish.downloadId,
        url: this.#run.links.current,
        folder: wish.folder,
        wantedName,
        resource,
        createdAtMs: ports.clock.wallMs(),
        whenTaken,
      });
      this.#run.working = working;
      if (kept !== null) this.#run.reports.keptApart(kept);
    } catch (error) {
      opened.response.body.discard();
      throw error;
    }
    this.#run.reports.received(0);
    this.#run.learned(resource);
  }

  #wantedName(opened: OpenedResponse, resource: Resource): string {
    const { wish, ports, wantedName: userName } = this.#run;
    const { whenTaken = 'number' } = wish;
    const chosen = chooseFileName({
      url: wish.request.url,
      finalUrl: opened.finalUrl,
      contentDisposition: headerValue(opened.response.headers, 'content-disposition'),
      contentType: resource.contentType,
      userName,
      platform: ports.platform,
    });
    // Whoever names the very file has a program look for it there.
    return whenTaken === 'number' ? chosen : (userName ?? chosen);
  }
}

function withBody(opened: OpenedResponse, body: HttpBody): OpenedResponse {
  return { ...opened, response: { ...opened.response, body } };
}

function firstGap(working: WorkingFile, resource: Resource | null): ByteRange | null {
  return resource === null ? null : (missing(working, resource)[0] ?? null);
}
