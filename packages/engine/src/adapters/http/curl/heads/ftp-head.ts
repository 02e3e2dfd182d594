/** Learns of a file on an FTP server from the replies that curl asks for on its way to the file. */
import { failedWith, type HeadFacts, type HeadOutcome, headOfFile, type HeadSource, type Range } from './head.ts';
import type { TraceLine } from '../trace.ts';

/**
 * MDTM and SIZE (RFC 3659 sections 3 and 4) come before RETR, over the same connection. The reply that follows a
 * command is its own: whatever a server says elsewhere, in a greeting say, counts for nothing.
 */
export class FtpHead implements HeadSource {
  readonly #range: Range | null;
  #command = '';
  #facts: HeadFacts = { sizeBytes: null, modifiedSeconds: null };

  constructor(range: Range | null) {
    this.#range = range;
  }

  take(line: TraceLine): HeadOutcome | null {
    switch (line.kind) {
      case 'sent':
        this.#command = /^[A-Z]+/.exec(line.text)?.[0] ?? '';
        return null;
      case 'received':
        return this.#onReply(line.text);
      case 'result':
        // An empty range: curl does not even ask for it.
        return line.exitCode === 0 || line.exitCode === 36 ? this.#head() : failedWith(line);
      case 'note':
        return null;
      default:
        return line satisfies never;
    }
  }

  #onReply(text: string): HeadOutcome | null {
    const [, code = '', rest = ''] = /^(\d{3}) (.*)$/.exec(text) ?? [];
    if (this.#command === 'SIZE' && code === '213') this.#facts = { ...this.#facts, sizeBytes: parseSize(rest) };
    if (this.#command === 'MDTM' && code === '213') this.#facts = { ...this.#facts, modifiedSeconds: parseTime(rest) };
    // 1yz: the transfer begins (RFC 959 section 4.2.1).
    if (this.#command === 'REST' && this.#range !== null && code.startsWith('5')) return { kind: 'again' };
    return this.#command === 'RETR' && code.startsWith('1') ? this.#head() : null;
  }

  #head(): HeadOutcome {
    return headOfFile({ range: this.#range, ...this.#facts });
  }
}

function parseSize(text: string): number | null {
  const sizeBytes = /^\d{1,16}$/.test(text.trim()) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(sizeBytes) ? sizeBytes : null;
}

/** `YYYYMMDDHHMMSS.sss`, in UTC (RFC 3659 section 2.3). */
function parseTime(text: string): number | null {
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d+)?$/.exec(text.trim());
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  const epochMs = Date.UTC(year, month - 1, day, hour, minute, second);
  return Number.isNaN(epochMs) ? null : epochMs / 1000;
}
