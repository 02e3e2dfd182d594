/** Reads the head of an HTTP response from curl's account of it, as strictly as our own reader does. */
import { decideFraming } from '../../socket/framing.ts';
import { headLimits, malformed, parseResponseHead } from '../../socket/response-head.ts';
import { failedWith, type HeadOutcome, type HeadSource } from './head.ts';
import type { TraceLine } from '../trace.ts';

export class HttpHead implements HeadSource {
  #lines: string[] = [];
  #heardBytes = 0;
  /** What came before is a proxy's answer to CONNECT: its 200 says nothing of the file. */
  #isAsked = false;

  take(line: TraceLine): HeadOutcome | null {
    if (line.kind === 'sent' && /^(?:GET|POST|PUT|PATCH|DELETE) /.test(line.text)) this.#isAsked = true;
    if (line.kind === 'result') return failedWith(line);
    if (line.kind !== 'received' || !this.#isAsked) return null;
    this.#heardBytes += line.text.length + 2;
    if (this.#heardBytes > headLimits.totalBytes) malformed('the head is too large');
    if (line.text !== '') {
      // curl leaves out the empty lines behind interim heads, and no field begins like a status line.
      if (/^HTTP\/\d/.test(line.text)) this.#lines = [];
      this.#lines.push(line.text);
      return null;
    }
    const text = this.#lines.join('\r\n');
    this.#lines = [];
    const head = parseResponseHead(text);
    if (head.status === 101) malformed('the server switched protocols unasked');
    if (head.status < 200) return null;
    const { framing } = decideFraming(head);
    const lengthBytes = framing.kind === 'length' ? framing.lengthBytes : null;
    return { kind: 'head', head: { status: head.status, headers: head.headers, framing: framing.kind, lengthBytes } };
  }
}
