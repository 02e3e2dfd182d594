/** Where the double says what went wrong inside it: on standard error, which the test's errors quote. */
import { inspect } from 'node:util';

export function report(message: string, cause?: unknown): void {
  process.stderr.write(`electron double: ${message}${cause === undefined ? '' : `: ${inspect(cause)}`}\n`);
}
