/** A log as lines for a person: `debug the ramp changed host=example.com wanted=4`, with every secret taken out on the way. */
import type { Log, LogFields } from '@sluice/engine';
import { redact } from './redact.ts';
import { redactFields } from './redact-fields.ts';

/** The least first: each level shows those after it as well. */
const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

/** @param write is given one line at a time, without its end */
export function createLineLog(level: LogLevel, write: (line: string) => void): Log {
  const least = logLevels.indexOf(level);
  const writer = (own: LogLevel) => (message: string, fields?: LogFields) => {
    if (logLevels.indexOf(own) >= least) write(`${own} ${oneLine(redact(message))}${textOf(redactFields(fields))}`);
  };
  return { debug: writer('debug'), info: writer('info'), warn: writer('warn'), error: writer('error') };
}

function textOf(fields: LogFields): string {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}=${typeof value === 'string' ? quoted(value) : String(value)}`)
    .join('');
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*[\r\n]+\s*/gu, ' ');
}

/** A value with spaces or line breaks stays one value on one line. */
function quoted(value: string): string {
  return /^[^\s"=]+$/u.test(value) ? value : JSON.stringify(value);
}
