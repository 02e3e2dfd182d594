/** Which of a download's links is asked: its own, and when that fails each mirror in turn. */
import { SluiceError } from '../../errors.ts';
import { judgeLinkFailures, type LinkFailure, type LinksVerdict } from '../../plan/connections/link-failures.ts';
import { isFaultOfLink } from '../../plan/connections/link-faults.ts';

export interface LinkTurnsOptions {
  readonly nowMs: () => number;
  readonly cooldownLeftMs?: (link: string) => number;
}

export class LinkTurns {
  readonly #nowMs: () => number;
  readonly #cooldownLeftMs: (link: string) => number;
  readonly #failures: { readonly failure: LinkFailure; readonly atMs: number }[] = [];
  #current: string;
  #left: readonly string[];

  /**
   * @param options `nowMs`: never jumps; `cooldownLeftMs`: the time left of the cooldown of a link's host, in
   *   milliseconds; 0 when it does not
   */
  constructor(link: string, mirrors: readonly string[], options: LinkTurnsOptions) {
    this.#nowMs = options.nowMs;
    this.#cooldownLeftMs = options.cooldownLeftMs ?? (() => 0);
    this.#current = link;
    this.#left = [...new Set(mirrors)].filter((mirror) => mirror !== link);
  }

  get current(): string {
    return this.#current;
  }

  /** Those whose turn has not come: they may help the current one. */
  get others(): readonly string[] {
    return this.#left;
  }

  /** In the order in which they were asked; with what is left by now of the time that each server asked for. */
  get failures(): readonly LinkFailure[] {
    const nowMs = this.#nowMs();
    return this.#failures.map(({ failure, atMs }) => {
      const { retryAfterMs } = failure;
      return retryAfterMs === null ? failure : { ...failure, retryAfterMs: Math.max(0, retryAfterMs - (nowMs - atMs)) };
    });
  }

  /**
   * The link that is current has failed. A mirror whose host is in a cooldown counts as failed without a request.
   * @throws `error` when another link could not help; that of the first one when no other is left
   */
  next(error: unknown, retryAfterMs: number | null): void {
    if (!isFaultOfLink(error)) throw error;
    this.#note({ link: this.#current, error, retryAfterMs });
    for (let mirror = this.#takeNext(); mirror !== undefined; mirror = this.#takeNext()) {
      const cooldownLeftMs = this.#cooldownLeftMs(mirror);
      if (cooldownLeftMs <= 0) {
        this.#current = mirror;
        return;
      }
      const busy = new SluiceError('http-unavailable', 'its host is in a cooldown');
      this.#note({ link: mirror, error: busy, retryAfterMs: cooldownLeftMs });
    }
    throw judgeLinkFailures(this.failures).own;
  }

  /** What it means that a run ended with `error`: the failures together, if none of the links could serve it. */
  judge(error: SluiceError): LinksVerdict {
    const { failures } = this;
    if (failures[0]?.error === error) return judgeLinkFailures(failures);
    return { own: error, next: { link: this.#current, error, retryAfterMs: null } };
  }

  #note(failure: LinkFailure): void {
    this.#failures.push({ failure, atMs: this.#nowMs() });
  }

  #takeNext(): string | undefined {
    const [next, ...others] = this.#left;
    this.#left = others;
    return next;
  }
}
