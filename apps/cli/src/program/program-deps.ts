/** What the description of a command needs to carry it out. */
import type { UsageError, Parsed } from '../arguments/usage-error.ts';
import type { ExitCode } from '../exit-codes.ts';
import { explainUsageError } from '../explain-usage-error.ts';
import type { CliContext } from '../cli-context.ts';

export interface ProgramDeps {
  readonly context: CliContext;
  /** Says how the command ended; without it, it ends as wrong use. */
  readonly end: (exitCode: ExitCode) => void;
  /** Says what is wrong with a command line, and returns null then. */
  readonly accept: <T>(parsed: Parsed<T>) => T | null;
}

export function usageErrorLine(usageError: UsageError): string {
  return `sluice: ${explainUsageError(usageError)}\n`;
}
