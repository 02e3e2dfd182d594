/** Which of a download's links is asked: its own, and when that fails each mirror in turn. */
import { SluiceError } from '../errors.ts';
import { judgeLinkFailures, type LinkFailure, type LinksVerdict } from '../plan/link-failures.ts';
import { isFaultOfLink } from '../plan/link-faults.ts';

export class LinkTurns {
  readonly #quietForMs: (link: string) => number;
  readonly #failures: LinkFailure[] = [];
  #current: string;
  #left: readonly string[];

  /** @param quietForMs how long a link's host still wants to be left alone, in milliseconds; 0 when it does not */
  constructor(link: string, mirrors: readonly string[], quietForMs: (link: string) => number = () => 0) {
    this.#quietForMs = quietForMs;
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

  /** In the order in which they were asked. */
  get failures(): readonly LinkFailure[] {
    return this.#failures;
  }

  /**
   * The link that is current has failed. A mirror whose host wants to be left alone counts as failed without being asked.
   * @throws `error` when another link could not help; that of the first one when no other is left
   */
  next(error: unknown, retryAfterMs: number | null): void {
    if (!isFaultOfLink(error)) throw error;
    this.#failures.push({ link: this.#current, error, retryAfterMs });
    for (let mirror = this.#takeNext(); mirror !== undefined; mirror = this.#takeNext()) {
      const quietForMs = this.#quietForMs(mirror);
      if (quietForMs <= 0) {
        this.#current = mirror;
        return;
      }
      const busy = new SluiceError('http-unavailable', 'its host wants to be left alone');
      this.#failures.push({ link: mirror, error: busy, retryAfterMs: quietForMs });
    }
    throw judgeLinkFailures(this.#failures).own;
  }

  /** What it means that a run ended with `error`: the failures together, if none of the links could serve it. */
  judge(error: SluiceError): LinksVerdict {
    if (this.#failures[0]?.error === error) return judgeLinkFailures(this.#failures);
    return { own: error, next: { link: this.#current, error, retryAfterMs: null } };
  }

  #takeNext(): string | undefined {
    const [next, ...others] = this.#left;
    this.#left = others;
    return next;
  }
}
