/** What is served and scripted under each path, and the record of every request. */
import type { Answer, Script } from './answer.ts';
import { overlay } from './plan.ts';
import type { ReadRequest } from './request-reader.ts';
import { type MutableRequest, type OriginRequest, parseAskedRange } from './request.ts';
import type { OriginResource } from './resource.ts';

export class Routes {
  readonly requests: MutableRequest[] = [];
  readonly #resources = new Map<string, OriginResource>();
  readonly #scripts = new Map<string, Script>();
  readonly #counts = new Map<string, number>();
  readonly #underWay = new Map<string, number>();

  serve(path: string, resource: OriginResource): void {
    this.#resources.set(path, resource);
  }

  change(path: string, changes: Partial<OriginResource>): void {
    const served = this.#resources.get(path);
    if (served === undefined) throw new Error(`nothing is served at ${path}`);
    this.#resources.set(path, overlay(served, changes) ?? served);
  }

  remove(path: string): void {
    this.#resources.delete(path);
  }

  script(path: string, script: Script | Answer | null): void {
    if (script === null) this.#scripts.delete(path);
    else this.#scripts.set(path, typeof script === 'function' ? script : () => script);
  }

  record(read: ReadRequest, connectionId: number): MutableRequest {
    const [path = '', query = ''] = read.target.split('?', 2);
    const range = read.headers['range'] ?? null;
    const concurrent = (this.#underWay.get(path) ?? 0) + 1;
    this.#underWay.set(path, concurrent);
    const request: MutableRequest = {
      ...read,
      index: this.requests.length,
      path,
      query,
      range,
      asked: parseAskedRange(range),
      connectionId,
      concurrent,
      status: 0,
      bodyBytesSent: 0,
      state: 'waiting',
    };
    this.requests.push(request);
    return request;
  }

  finish(request: MutableRequest, state: 'answered' | 'cut'): void {
    request.state = state;
    this.#underWay.set(request.path, (this.#underWay.get(request.path) ?? 1) - 1);
  }

  /** The script is asked first, so that it may change what is served from this very request on. */
  async answer(request: OriginRequest): Promise<{ answer: Answer; resource: OriginResource | null }> {
    const index = this.#counts.get(request.path) ?? 0;
    this.#counts.set(request.path, index + 1);
    const answer = (await this.#scripts.get(request.path)?.(request, index)) ?? {};
    return { answer, resource: this.#resources.get(request.path) ?? null };
  }
}
