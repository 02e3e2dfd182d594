/** Takes secrets out of the fields of a log line. */
import type { LogFields } from '@sluice/engine';
import { isSecretField, redact } from './redact.ts';

/** What a line's fields look like once they may be written. */
export function redactFields(fields: LogFields = {}): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      if (isSecretField(name)) return [name, '***'];
      return [name, typeof value === 'string' ? redact(value) : value];
    }),
  );
}
