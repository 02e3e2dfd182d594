/** The host's log: structured lines by pino in a bounded file, with every secret taken out on the way. */
import type { Log } from '@sluice/engine';
import { type Logger, pino } from 'pino';
import { BoundedFile } from './bounded-file.ts';
import { redact } from './redact.ts';
import { redactFields } from './redact-fields.ts';

export interface HostLog {
  readonly log: Log;
  close(): void;
}

const maxBytes = 4 * 1024 * 1024;

/** @param path of the current log file; older ones stand beside it */
export function createLog(path: string, version: string): HostLog {
  const file = new BoundedFile(path, { maxBytes, keep: 2 });
  const level = process.env['SLUICE_LOG_LEVEL'] ?? 'info';
  const logger = pino(
    { level: level in pino.levels.values ? level : 'info', base: { pid: process.pid, version } },
    { write: (line: string) => file.write(line) },
  );
  return { log: adaptLogger(logger), close: () => file.close() };
}

function adaptLogger(logger: Logger): Log {
  return {
    debug: (message, fields) => logger.debug(redactFields(fields), redact(message)),
    info: (message, fields) => logger.info(redactFields(fields), redact(message)),
    warn: (message, fields) => logger.warn(redactFields(fields), redact(message)),
    error: (message, fields) => logger.error(redactFields(fields), redact(message)),
  };
}
