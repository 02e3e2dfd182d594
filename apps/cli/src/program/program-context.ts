/** What the description of a command needs to carry it out. */
import type { Mistake, Parsed } from '../arguments/mistake.ts';
import type { ExitCode } from '../exit-codes.ts';
import { explainMistake } from '../mistakes.ts';
import type { Surroundings } from '../surroundings.ts';

export interface ProgramContext {
  readonly surroundings: Surroundings;
  /** Says how the command ended; without it, it ends as wrong use. */
  readonly end: (exitCode: ExitCode) => void;
  /** Says what is wrong with a command line, and returns null then. */
  readonly accept: <T>(parsed: Parsed<T>) => T | null;
}

export function mistakeLine(mistake: Mistake): string {
  return `sluice: ${explainMistake(mistake)}\n`;
}
