/** Remembers from curl's account of a transfer what an error needs to know. */
import { SluiceError } from '@sluice/contract';
import { judgeExit } from './exit-codes.ts';
import type { CurlTarget } from './curl-target.ts';
import type { TraceLine } from './trace.ts';

export class TransferWatch {
  readonly #target: CurlTarget;
  readonly #dialReasons: string[] = [];
  #reply: number | null = null;
  #isHostKnown: boolean | null = null;
  #isOpen = false;
  #hasSaidGoodbye = false;

  constructor(target: CurlTarget) {
    this.#target = target;
  }

  /** The server, and TLS where the link asks for it, has answered. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /**
   * Whether the end of a connection was meant. Some curls take a TLS stream that is cut off for one that has ended
   * (RFC 9112 section 9.8): what they tell of the close_notify is the only proof there is.
   */
  get endedProperly(): boolean {
    return this.#target.scheme !== 'https' || this.#hasSaidGoodbye;
  }

  take(line: TraceLine): void {
    if (line.kind === 'received') this.#noteReply(line.text);
    else if (line.kind === 'note') this.#noteOwn(line.text);
  }

  errorOf(end: { readonly exitCode: number; readonly message: string; readonly hasHead: boolean }): SluiceError {
    const { scheme, host, port, route } = this.#target;
    const verdict = judgeExit({
      ...end,
      scheme,
      isProxied: route.proxy !== null,
      dialReasons: this.#dialReasons,
      reply: this.#reply,
      isHostKnown: this.#isHostKnown,
    });
    const blamed = verdict.code.startsWith('proxy-') && route.proxy !== null ? route.proxy : { host, port };
    return new SluiceError(verdict.code, `curl ended with ${end.exitCode} at ${blamed.host}:${blamed.port}`, {
      facts: { host: blamed.host, port: blamed.port, ...verdict.facts },
    });
  }

  #noteReply(text: string): void {
    if (!this.#target.scheme.startsWith('ftp')) return;
    const reply = /^([1-5]\d\d)(?: |$)/.exec(text)?.[1];
    if (reply !== undefined) this.#reply = Number(reply);
  }

  #noteOwn(text: string): void {
    const reason = /^(?:connect to .* failed|Immediate connect fail for .*?): (.+)$/i.exec(text)?.[1];
    if (reason !== undefined) this.#dialReasons.push(reason);
    const { scheme } = this.#target;
    if (
      scheme === 'https' || scheme === 'ftps'
        ? text.startsWith('SSL connection using')
        : /^(?:Connected|Established connection) to /.test(text)
    ) {
      this.#isOpen = true;
    }
    if (/\(IN\), TLS alert, close notify/i.test(text)) this.#hasSaidGoodbye = true;
    // The prefix is that of curl 8.17 and later.
    if (/^(?:SSH: )?found host /i.test(text)) this.#isHostKnown = true;
    else if (/^(?:SSH: )?did not find host /i.test(text)) this.#isHostKnown = false;
  }
}
