/** A log that a test can read. */
import type { Log, LogFields } from '../src/ports/log.ts';

export interface LoggedLine {
  readonly level: keyof Log;
  readonly message: string;
  readonly fields: LogFields;
}

export interface CollectingLog extends Log {
  readonly lines: readonly LoggedLine[];
  /** Those with this message. */
  of(message: string): readonly LogFields[];
}

export function createCollectingLog(): CollectingLog {
  const lines: LoggedLine[] = [];
  const writer =
    (level: keyof Log) =>
    (message: string, fields: LogFields = {}) =>
      void lines.push({ level, message, fields });
  return {
    debug: writer('debug'),
    info: writer('info'),
    warn: writer('warn'),
    error: writer('error'),
    lines,
    of: (message) => lines.filter((line) => line.message === message).map(({ fields }) => fields),
  };
}
