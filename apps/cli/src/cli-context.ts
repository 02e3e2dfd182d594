/** What a command gets from the process it runs in, so that it can be run by a test as well. */
import type { FrameSize } from './report/frame.ts';
import type { Streams } from './report/reporter.ts';
import type { Environment } from './terminal/style.ts';

export interface CliContext extends Streams {
  /** True when standard output is a terminal that can move its cursor. */
  readonly terminal: boolean;
  size(): FrameSize;
  readonly environment: Environment;
  readonly platform: string;
  /** Absolute. */
  readonly workingFolder: string;
  /** Where the built web interface lies; absolute. */
  readonly uiFolder: string;
  /** Asks a question whose answer is not shown; null where there is no terminal. */
  askSecret(question: string): Promise<string | null>;
  /** Aborted by the first Ctrl+C or SIGTERM. */
  readonly interrupted: AbortSignal;
  /** Milliseconds since the epoch. */
  nowMs(): number;
}
