/** A resource as a sequence of pieces: one connection, in order, resumed where it broke off, behind a proof. */
import { SluiceError } from '../errors.ts';
import { mayMeanTheRange } from '../plan/response/doubtful-refusal.ts';
import type { Decoding } from '../plan/response/decoding.ts';
import { encodingOfFile } from '../plan/response/encoding.ts';
import { mergeResource } from '../plan/response/describe-resource.ts';
import type { Resource } from '../plan/response/resource.ts';
import { compareVersions } from '../plan/response/validators.ts';
import { pipeDecoded } from '../transfer/body/decoding-sink.ts';
import { type OpenedResponse, openResponse, type RequestBase } from '../transfer/request/open-response.ts';
import { blamesRanges, refusalError } from '../transfer/request/refusal-error.ts';
import type { RunPorts } from '../transfer/run/run-context.ts';
import type { Attempts } from './attempts.ts';
import type { ChunkQueue } from './chunk-queue.ts';
import { JoinSink } from './join-sink.ts';
import type { SequenceLinks } from './sequence-links.ts';

/** An answer that was let through, and how many of its first bytes are there already. */
export interface Admitted {
  readonly opened: OpenedResponse;
  readonly skipBytes: number;
  readonly decoding: Decoding | null;
  readonly resource: Resource;
}

export interface SequenceDeps {
  readonly ports: Pick<RunPorts, 'http' | 'clock' | 'log'>;
  readonly base: RequestBase;
  readonly queue: ChunkQueue;
  readonly attempts: Attempts;
  readonly links: SequenceLinks;
  /** The first byte's offset in the resource. */
  readonly start: number;
  /** Exclusive; null for the end of the resource. */
  readonly end: number | null;
}

/** Asks until everything has come. */
export class SequenceSource {
  readonly #deps: SequenceDeps;
  readonly #links: SequenceLinks;
  #known: Resource;
  readonly #decoding: Decoding | null;
  /** Its ranged answers brought other bytes than they said. */
  #liesAboutRanges = false;
  /** The one that was asked last. */
  #link: string;
  #isWhole = false;
  /** A range was refused in a way that may mean the file: it is asked for without one, once. */
  #hasAskedPlainly = false;
  #retryAfterMs: number | null = null;

  constructor(deps: SequenceDeps, first: Admitted) {
    this.#deps = deps;
    this.#known = first.resource;
    this.#decoding = first.decoding;
    this.#links = deps.links;
    this.#link = deps.links.current;
  }

  /**
   * Moves everything into the queue.
   * @throws SluiceError `resource-changed` when what follows an interruption does not belong to what came before;
   *   what the last try failed with; `signal.reason` when aborted
   */
  async moveAll(first: Admitted, signal: AbortSignal): Promise<void> {
    const { base, queue, attempts, ports } = this.#deps;
    let admitted: Admitted | null = first;
    while (!this.#isWhole && !queue.isComplete) {
      const before = queue.arrivedBytes;
      try {
        admitted ??= await this.#askOn(signal);
        if (admitted !== null) await this.#move(admitted, signal);
      } catch (error) {
        signal.throwIfAborted();
        // Of a part that is none by its own word, and that nothing had proved, bytes have been handed on.
        if (admitted?.opened.verdict.kind === 'part' && admitted.skipBytes === 0 && isMismatch(error)) throw error;
        // Half of an answer is no reason to do again what was asked.
        if ((base.options.method ?? 'GET') !== 'GET') throw error;
        const advanced = queue.arrivedBytes > before;
        const retryAfterMs = this.#retryAfterMs;
        const verdict = advanced ? null : this.#links.turn(error, retryAfterMs);
        if (advanced) await attempts.waitAfter(error, { advanced, retryAfterMs }, signal);
        else if (verdict !== null) await attempts.waitForLinks(verdict, signal);
        if (advanced || verdict !== null) this.#links.turnBack();
        ports.log.info('asking again', { fromBytes: this.#position });
      }
      admitted = null;
    }
    // Nothing of an empty resource was read, and an unread answer keeps its connection.
    first.opened.response.body.discard();
  }

  /** Validators of another server say nothing about the bytes that have come. */
  #leaveLink(url: string): void {
    this.#link = url;
    this.#liesAboutRanges = false;
    this.#known = { ...this.#known, ranges: 'unknown', etag: null, lastModified: null, date: null };
  }

  get #position(): number {
    return this.#deps.start + this.#deps.queue.arrivedBytes;
  }

  async #move(admitted: Admitted, signal: AbortSignal): Promise<void> {
    const { queue } = this.#deps;
    const { body } = admitted.opened.response;
    const before = queue.arrivedBytes;
    const join = new JoinSink(queue.tail, queue, admitted.skipBytes);
    const sink = admitted.skipBytes > 0 ? join : queue;
    const { decoding } = admitted;
    const { lengthBytes } = queue;
    if (lengthBytes === null && admitted.resource.totalBytes !== null && decoding === null) {
      queue.lengthBytes = Math.min(queue.mostBytes, admitted.resource.totalBytes - this.#deps.start);
    }
    let how: 'end' | 'enough';
    try {
      how =
        decoding === null ? await body.pipeTo(sink, signal) : await pipeDecoded(body, { decoding, rest: sink }, signal);
    } catch (error) {
      if (!join.isDifferent || admitted.opened.verdict.kind !== 'part' || this.#deps.start > 0) throw error;
      // Whether the file is another one now, or these ranges are not what they say, the whole tells.
      queue.lengthBytes = lengthBytes;
      this.#liesAboutRanges = true;
      return;
    } finally {
      // What an answer says is believed of the bytes that came before only when its own have shown the same.
      if (join.isJoined && decoding === null) this.#learn(admitted.resource);
    }
    if (!join.isJoined) {
      // Only a whole body that has come to a proper end tells how long the file is.
      const tellsLength = how === 'end' && body.framing !== 'close' && admitted.opened.verdict.kind === 'whole';
      if (!tellsLength) throw new SluiceError('body-short', 'the body ended before what is new in it');
      throw new SluiceError('resource-changed', 'it is shorter now than it was');
    }
    if (how === 'end' && queue.lengthBytes === null) this.#isWhole = true;
    else if (queue.arrivedBytes === before && !queue.isComplete) throw new SluiceError('body-short', 'an empty part');
  }

  /** @returns null when nothing was left, or the same has to be asked in another way */
  async #askOn(signal: AbortSignal): Promise<Admitted | null> {
    const { ports, base } = this.#deps;
    this.#retryAfterMs = null;
    const url = this.#links.current;
    if (url !== this.#link) this.#leaveLink(url);
    const range = this.#nextRange();
    const ask = { url, range, known: this.#known };
    const opened = await openResponse(ports, base, { ask, signal });
    try {
      return this.#admit(opened, range);
    } catch (error) {
      opened.response.body.discard();
      throw error;
    }
  }

  #nextRange(): { readonly start: number; readonly end: number | null } | null {
    const { start, end, queue } = this.#deps;
    const cannotRange = this.#decoding !== null || this.#known.ranges === 'refused' || this.#liesAboutRanges;
    if (cannotRange || (this.#position === 0 && end === null)) return null;
    return { start: Math.max(start, this.#position - queue.tail.lengthBytes), end };
  }

  #admit(opened: OpenedResponse, range: { readonly start: number } | null): Admitted | null {
    const { queue, start } = this.#deps;
    const { verdict } = opened;
    if (!this.#hasAskedPlainly && mayMeanTheRange({ range, known: this.#known }, verdict)) {
      this.#hasAskedPlainly = true;
      this.#known = { ...this.#known, ranges: 'refused', refusedBecause: 'status' };
      opened.response.body.discard();
      return null;
    }
    switch (verdict.kind) {
      case 'part':
        return this.#goOn(opened, mergeResource(this.#known, verdict.resource), this.#position - verdict.start);
      case 'whole':
        if (
          this.#decoding !== null &&
          this.#decoding === encodingOfFile({ headers: opened.response.headers, url: opened.finalUrl })
        ) {
          const encoded = { ...this.#known, totalBytes: null };
          if (compareVersions(encoded, verdict.resource) === 'changed') {
            throw new SluiceError('resource-changed', 'an encoded body of another version');
          }
          return { opened, skipBytes: queue.arrivedBytes, decoding: this.#decoding, resource: encoded };
        }
        if (verdict.version === 'changed') throw new SluiceError('resource-changed', 'a whole body of another version');
        return this.#goOn(
          opened,
          {
            ...verdict.resource,
            ranges: range === null && !this.#hasAskedPlainly ? verdict.resource.ranges : 'refused',
          },
          this.#position,
        );
      case 'nothing-left':
        throw new SluiceError('resource-changed', 'it is shorter now than it was');
      case 'failed':
        this.#retryAfterMs = verdict.retryAfterMs;
        throw refusalError(opened);
      case 'refused': {
        const error = refusalError(opened);
        const { encoded } = verdict;
        if (encoded !== undefined && encoded.decoding === this.#decoding) {
          if (compareVersions(this.#known, encoded.resource) === 'changed') {
            throw new SluiceError('resource-changed', 'an encoded body of another version');
          }
          return { opened, skipBytes: queue.arrivedBytes, decoding: this.#decoding, resource: encoded.resource };
        }
        if (!blamesRanges(error) || this.#known.ranges === 'refused' || start > 0) throw error;
        // What a server does wrong with ranges it may well do right with the whole.
        this.#known = { ...this.#known, ranges: 'refused' };
        opened.response.body.discard();
        return null;
      }
      default:
        return verdict satisfies never;
    }
  }

  #goOn(opened: OpenedResponse, resource: Resource, skipBytes: number): Admitted {
    if (this.#decoding !== null) throw new SluiceError('encoding-unexpected', 'the encoding was given up half-way');
    return { opened, skipBytes, decoding: null, resource };
  }

  #learn(resource: Resource): void {
    this.#known = { ...resource, totalBytes: this.#known.totalBytes ?? resource.totalBytes };
  }
}

function isMismatch(error: unknown): boolean {
  return error instanceof SluiceError && error.code === 'range-mismatch';
}
