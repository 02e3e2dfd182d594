/** One link that leads to the bytes of a run: where its requests go, and how many connections it has. */
import type { Resource } from '../../plan/response/resource.ts';
import type { RequestBase } from '../request/open-response.ts';
import type { HostAllowance } from '../run/run-context.ts';

export interface SourceDeps {
  readonly link: string;
  readonly request: RequestBase;
  readonly host: HostAllowance;
  /** What its own answers have said. */
  readonly resource: Resource;
  readonly isMirror: boolean;
}

export class Source {
  readonly link: string;
  readonly request: RequestBase;
  readonly resource: Resource;
  readonly isMirror: boolean;
  /** Where further requests go: where the first one ended up, or the link itself once that has expired. */
  url: string;
  /** Connections of it that have failed in this run. */
  failures = 0;
  readonly #host: HostAllowance;
  /** The run itself holds the first connection of its link's host; only those beyond it are asked for. */
  readonly #keptPlaces: number;
  #open = 0;
  #most = Number.POSITIVE_INFINITY;

  constructor(deps: SourceDeps) {
    this.link = deps.link;
    this.request = deps.request;
    this.resource = deps.resource;
    this.isMirror = deps.isMirror;
    this.url = deps.resource.finalUrl;
    this.#host = deps.host;
    this.#keptPlaces = deps.isMirror ? 0 : 1;
  }

  /** Connections it has now. */
  get open(): number {
    return this.#open;
  }

  get isGivenUp(): boolean {
    return this.#most === 0;
  }

  /** The run's first connection, which is open already. */
  admitFirst(): void {
    this.#open += 1;
  }

  /** Its host has said when to come back. */
  startCooldown(forMs: number): void {
    this.#host.startCooldown(forMs);
  }

  get isCoolingDown(): boolean {
    return this.#host.cooldownLeftMs() > 0;
  }

  /** Counts one more connection. @returns false when it or its host lets no more in */
  tryTake(): boolean {
    if (this.#open >= this.#most || this.isCoolingDown) return false;
    if (this.#open >= this.#keptPlaces && !this.#host.tryTake()) return false;
    this.#open += 1;
    return true;
  }

  release(): void {
    this.#open -= 1;
    if (this.#open >= this.#keptPlaces) this.#host.release();
  }

  /** It keeps what it serves and gets no further connection in this run. */
  letNoMoreIn(): void {
    this.#most = this.#open;
  }

  /** Nothing more is asked of it in this run. */
  giveUp(): void {
    this.#most = 0;
  }
}
