/** What the first answer of an attempt leads to: a new partial, a resumed one, or one that starts over. */
import { SluiceError } from '../../errors.ts';
import { chooseFileName } from '../../plan/names/choose-file-name.ts';
import { mergeResource } from '../../plan/response/describe-resource.ts';
import { joinRule } from '../../plan/ranges/join-rule.ts';
import { headerValue } from '../../plan/response/headers.ts';
import { mayMeanTheRange, withoutRanges } from '../../plan/response/doubtful-refusal.ts';
import type { Decoding } from '../../plan/response/decoding.ts';
import { encodingOfFile } from '../../plan/response/encoding.ts';
import type { ByteRange } from '../../plan/ranges/range.ts';
import type { Resource } from '../../plan/response/resource.ts';
import { compareVersions } from '../../plan/response/validators.ts';
import { versionSeen } from '../../plan/response/version-change.ts';
import type { HttpBody } from '../../ports/http.ts';
import type { FirstBody } from '../connections/run-connection-options.ts';
import { clearStaleJournal } from '../file/clear-beside-named.ts';
import { createWorkingFile } from '../file/create-working-file.ts';
import { type OpenedResponse, openResponse } from '../request/open-response.ts';
import { PeekedBody } from '../body/peeked-body.ts';
import { proveLink } from './prove-link.ts';
import { proveBody, proveOverlap } from '../proof/prove-overlap.ts';
import { refusalError } from '../request/refusal-error.ts';
import { missing, type RunState } from './run-state.ts';
import { isWholeFile } from '../file/is-whole-file.ts';
import { saveWhole } from './save-whole.ts';
import type { FinishedFile } from './resume-partial.ts';
import { turnToOther } from './start-anew.ts';
import { trySmall } from './try-small.ts';
import type { WorkingFile } from '../file/working-file.ts';

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
    if (working !== null && this.#run.startsAnew !== null) {
      return this.#connectWhole(working.isFrom(this.#run.links.current) ? known : null);
    }
    if (working !== null && !working.isFrom(this.#run.links.current)) return this.#connectByNewLink(working, known);
    if (known !== null && this.#run.takeReplacement()) return this.#connectReplacement(known);
    const gap = working === null ? null : firstGap(working, known);
    if (working === null || known === null || gap === null || this.#mustAskPlainly(known)) {
      return this.#connectWhole(known);
    }
    if (gap.start > 0) return this.#connectPart(working, known, gap);
    return working.ledger.coveredBytes === 0
      ? this.#connectWhole(known)
      : this.#connectBeginning(working, known, gap.end);
  }

  /**
   * What an earlier run learned about ranges is tried again: an honest answer disproves it. Only ranges of a body that was
   * decoded on its way are never asked for: they would be ranges of the encoded bytes (RFC 9110 section 14.2).
   */
  #mustAskPlainly({ ranges, refusedBecause, contentEncoding }: Resource): boolean {
    if (contentEncoding !== null) return true;
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

  async #connectWhole(known: Resource | null): Promise<First | FinishedFile | null> {
    const opened = await this.#open({ range: null, known });
    const { verdict } = opened;
    if (verdict.kind === 'refused' && verdict.encoded !== undefined) {
      if (this.#run.working === null) await this.#refusePresent(opened, verdict.encoded.resource);
      return this.#useFromStart(opened, verdict.encoded.resource, verdict.encoded.decoding);
    }
    if (verdict.kind !== 'whole') throw this.#refuse(opened);
    const isFresh = this.#run.working === null || known === null || known.contentEncoding !== null;
    const decoding = isFresh ? encodingOfFile({ headers: opened.response.headers, url: opened.finalUrl }) : null;
    if (decoding !== null) return this.#useCompressed(opened, verdict.resource, decoding);
    if (this.#run.working === null) return this.#useNew(opened, verdict.resource);
    return this.#useWhole(opened, verdict.resource, verdict.version);
  }

  /** A person has chosen the version that was seen: unless the server has turned back to the one on disk, this is it. */
  async #connectReplacement(known: Resource): Promise<First | FinishedFile | null> {
    const opened = await this.#open({ range: null, known });
    const { verdict } = opened;
    if (verdict.kind === 'whole' && verdict.version === 'changed')
      return this.#useWhole(opened, verdict.resource, verdict.version);
    opened.response.body.discard();
    return this.send();
  }

  /** A compressed file, or one that was compressed once more on its way: its first bytes tell. */
  async #useCompressed(opened: OpenedResponse, resource: Resource, decoding: Decoding): Promise<First | FinishedFile> {
    const body = new PeekedBody(opened.response.body);
    const isTwice = await body.isCompressedTwice(decoding, this.#run.signal);
    const peeked = withBody(opened, body);
    if (!isTwice)
      return this.#run.working === null ? this.#useNew(peeked, resource) : this.#useFromStart(peeked, resource, null);
    const outer = { ...resource, totalBytes: null, ranges: 'refused', contentEncoding: decoding } as const;
    const { checksums: _ofTheOuter, ...unpacked } = outer;
    return this.#useFromStart(peeked, unpacked, decoding);
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
    const { folder, skipIfPresent = false } = this.#run.spec;
    const path = skipIfPresent ? files.join(folder, this.#wantedName(opened, resource)) : null;
    if (path === null) return;
    try {
      if (!(await isWholeFile(files, path))) return;
      await clearStaleJournal(files, path);
      throw new SluiceError('file-exists', 'the file is there already', { facts: { presentPath: path } });
    } catch (error) {
      opened.response.body.discard();
      throw error;
    }
  }

  /** A body from byte 0 that nothing on disk can be compared with. */
  async #useFromStart(opened: OpenedResponse, resource: Resource, decoding: Decoding | null): Promise<First> {
    if (this.#run.working === null) await this.#create(opened, resource);
    else await this.#turn(opened, resource, false);
    return this.#first(resource, { body: opened.response.body, bodyStart: 0, start: 0, decoding });
  }

  /** A body from byte 0 although bytes are on disk: the same version resumes behind a proof, another gets a partial of its own. */
  async #useWhole(opened: OpenedResponse, resource: Resource, version: string): Promise<First | FinishedFile | null> {
    const { body } = opened.response;
    const { working, startsAnew } = this.#run;
    if (working === null) throw new SluiceError('internal', 'a whole body without a partial');
    const start = firstGap(working, resource)?.start ?? 0;
    // Bytes from byte 0 on are missing: what is there behind them could not be compared with this body in time.
    const isApart = working.resource === null || (start === 0 && version !== 'same');
    const isChanged = version === 'changed' || startsAnew === 'disproved' || (startsAnew === 'doubted' && isApart);
    if (!isChanged && !isApart && startsAnew !== 'asked') {
      this.#run.startsAnew = null;
      // Nothing is before the gap when the answer vouches for all that is behind it.
      if (start === 0) return this.#goOn(working, resource, { body, start, until: null });
      this.#run.comparesWhole = true;
      this.#run.reports.phase('transferring');
      const proved = await proveBody(working, body, { from: 0, until: start, signal: this.#run.signal });
      this.#run.comparesWhole = false;
      if (this.#run.trust.isLying(resource.finalUrl)) await this.#run.forgetRanges(working);
      return this.#goOn(working, resource, { body: proved, start, until: null });
    }
    const turn = await this.#turn(opened, resource, isChanged);
    if (turn === 'back') return this.#goBack(opened, resource);
    this.#run.learned(resource);
    return this.#first(resource, { body, bodyStart: 0, start: 0, decoding: null });
  }

  /** The rest is asked for, unless nodes of the server seem to take turns: then this body is compared from its start. */
  async #goBack(opened: OpenedResponse, resource: Resource): Promise<First | FinishedFile | null> {
    const known = this.#run.working?.resource ?? null;
    this.#run.timesTurned += 1;
    if (this.#run.timesTurned > 1 && known !== null) {
      return this.#useWhole(opened, resource, compareVersions(known, resource));
    }
    opened.response.body.discard();
    return this.send();
  }

  /** Makes the place for a body that is not gone on with what is on disk; gives the body up where there is none. */
  async #turn(opened: OpenedResponse, resource: Resource, isChanged: boolean): Promise<'anew' | 'back'> {
    try {
      const turn = await turnToOther(this.#run, resource, isChanged);
      this.#run.trust.forgive();
      if (turn !== 'beside') return turn;
    } catch (error) {
      opened.response.body.discard();
      throw error;
    }
    await this.#create(opened, resource);
    return 'anew';
  }

  async #goOn(
    working: WorkingFile,
    said: Resource,
    { body, start, until }: { readonly body: HttpBody; readonly start: number; readonly until: number | null },
  ): Promise<First> {
    const resource: Resource = this.#run.trust.isLying(said.finalUrl)
      ? { ...said, ranges: 'refused', refusedBecause: 'garbled' }
      : said;
    await working.learn(resource);
    this.#run.learned(resource);
    const part = until === null ? {} : { from: said.finalUrl, until };
    return this.#first(resource, { body, bodyStart: start, start, decoding: null, ...part });
  }

  async #connectPart(working: WorkingFile, known: Resource, gap: ByteRange): Promise<First | FinishedFile | null> {
    const from = Math.max(0, gap.start - overlapBytes);
    const end = Number.isFinite(gap.end) ? gap.end : null;
    const opened = await this.#open({ range: { start: from, end }, known });
    const { verdict, response } = opened;
    switch (verdict.kind) {
      case 'part': {
        const { resource } = verdict;
        const body = await proveOverlap(this.#run, opened, { working, known, seen: resource, from, until: gap.start });
        // Either the file is another one now, or its ranges are not what they say: the whole tells.
        if (body === null) return this.#connectWhole(known);
        return this.#goOn(working, mergeResource(known, resource), { body, start: gap.start, until: gap.end });
      }
      case 'whole':
        return this.#useWhole(opened, verdict.resource, verdict.version);
      case 'nothing-left':
        response.body.discard();
        return this.#onNothingLeft(working);
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
    if (asked.verdict.kind === 'whole') return this.#useWhole(asked, asked.verdict.resource, asked.verdict.version);
    if (asked.verdict.kind === 'nothing-left') {
      asked.response.body.discard();
      return this.#onNothingLeft(working);
    }
    if (asked.verdict.kind !== 'part') throw this.#refuse(asked);
    (await proveBody(working, asked.response.body, { from: end, until, signal: this.#run.signal })).discard();
    const resource = mergeResource(known, asked.verdict.resource);
    // Somewhat more than is missing: where both meet, they are compared once more.
    const opened = await this.#open({ range: { start: 0, end: until }, known: resource });
    const { verdict, response } = opened;
    if (verdict.kind === 'whole') return this.#useWhole(opened, verdict.resource, verdict.version);
    if (verdict.kind !== 'part') throw this.#refuse(opened);
    if (joinRule(resource, verdict.resource) !== 'at-once') {
      response.body.discard();
      return this.#connectWhole(known);
    }
    return this.#goOn(working, mergeResource(resource, verdict.resource), { body: response.body, start: 0, until });
  }

  /** 416 although bytes from there are on disk (RFC 9110 section 15.5.17): the resource has shrunk, or says so. The whole tells. */
  async #onNothingLeft(working: WorkingFile): Promise<First | FinishedFile | null> {
    this.#run.startsAnew = 'doubted';
    // What is kept in any case is not worth a body that is thrown away.
    if (this.#run.spec.onChanged === 'keep') {
      throw new SluiceError('resource-changed', 'it is shorter now than what is on disk');
    }
    return this.#connectWhole(working.resource);
  }

  async #open(ask: {
    range: { start: number; end: number | null } | null;
    known: Resource | null;
  }): Promise<OpenedResponse> {
    const { request } = this.#run.spec;
    if (ask.range !== null && this.#run.doubtsRange) return this.#openPlainly(ask.known);
    const askedAtMs = this.#run.ports.clock.monotonicMs();
    const answer = await openResponse(this.#run.ports, request, {
      ask: { ...ask, url: this.#run.links.current },
      signal: this.#run.signal,
    });
    this.#latencyMs = this.#run.ports.clock.monotonicMs() - askedAtMs;
    if (!this.#run.hasAskedPlainly && mayMeanTheRange(ask, answer.verdict)) {
      answer.response.body.discard();
      return this.#openPlainly(ask.known);
    }
    const { rangesRefused } = this.#run;
    const opened =
      rangesRefused === null ? answer : { ...answer, verdict: withoutRanges(answer.verdict, rangesRefused) };
    const { verdict, response, finalUrl } = opened;
    this.#run.seen = versionSeen({ ...response, bodyLengthBytes: response.body.lengthBytes }) ?? this.#run.seen;
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

  /** A range was refused in a way that may mean the file. */
  async #openPlainly(known: Resource | null): Promise<OpenedResponse> {
    this.#run.hasAskedPlainly = true;
    this.#run.doubtsRange = false;
    const plain = await this.#open({ range: null, known });
    const { verdict } = plain;
    // Of another version the refusal says nothing: it may be shorter than what was asked for.
    if (verdict.kind !== 'whole' || verdict.version === 'changed') return plain;
    this.#run.rangesRefused = 'status';
    return { ...plain, verdict: withoutRanges(verdict, 'status') };
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
    const { spec, ports } = { spec: this.#run.spec, ports: this.#run.ports };
    const whenTaken = this.#run.isBeside ? 'number' : (spec.whenTaken ?? 'number');
    const wantedName = this.#wantedName(opened, resource);
    try {
      const { working, kept } = await createWorkingFile(ports.files, ports.claims, {
        downloadId: spec.downloadId,
        url: this.#run.links.current,
        folder: spec.folder,
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
    const { spec, ports, wantedName: userName } = this.#run;
    const { whenTaken = 'number' } = spec;
    const chosen = chooseFileName({
      url: spec.request.url,
      finalUrl: opened.finalUrl,
      contentDisposition: headerValue(opened.response.headers, 'content-disposition'),
      contentType: resource.contentType,
      userName,
      platform: ports.platform,
    });
    // A caller that names the file expects it under exactly that name.
    return whenTaken === 'number' ? chosen : (userName ?? chosen);
  }
}

function withBody(opened: OpenedResponse, body: HttpBody): OpenedResponse {
  return { ...opened, response: { ...opened.response, body } };
}

function firstGap(working: WorkingFile, resource: Resource | null): ByteRange | null {
  return resource === null ? null : (missing(working, resource)[0] ?? null);
}
