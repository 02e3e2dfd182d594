/** The process `sluice`: hands the command line over, turns signals into a stop that loses nothing, and exits. */
import { join } from 'node:path';
import { errorToInfo, stopDeadlines } from '@sluice/contract';
import { runProgram } from './program.ts';
import { exitCodes } from './exit-codes.ts';
import { explain } from './sentences.ts';
import type { CliContext } from './cli-context.ts';

const interruption = new AbortController();

/** The first one stops in order; a second one means now. */
function interrupt(): void {
  if (interruption.signal.aborted) process.exit(exitCodes.interrupted);
  interruption.abort();
  setTimeout(() => process.exit(exitCodes.interrupted), stopDeadlines.commandMs).unref();
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);

for (const stream of [process.stdout, process.stderr]) {
  // The reader of the output has closed it (`| head`).
  stream.on('error', () => {
    if (!interruption.signal.aborted) interrupt();
  });
}

/** An error that nothing caught is a fault of Sluice. The bytes are safe: whatever is on record survives any end. */
process.on('uncaughtException', (error) => {
  process.stderr.write(`sluice: ${explain(errorToInfo(error))}\n`);
  if (process.env['SLUICE_DEBUG']) process.stderr.write(`${error.stack ?? ''}\n`);
  process.exit(exitCodes.internal);
});

const { stdout, stderr, env } = process;

const context: CliContext = {
  out: (text) => {
    stdout.write(text);
  },
  error: (text) => {
    stderr.write(text);
  },
  terminal: stdout.isTTY && env['TERM'] !== 'dumb',
  size: () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 }),
  environment: env,
  platform: process.platform,
  workingFolder: process.cwd(),
  // Beside the bundle, of which this is a piece; run from source, there is none.
  uiFolder: join(import.meta.dirname, 'ui'),
  askSecret: async (question) => {
    const { askSecret } = await import('./terminal/ask-secret.ts');
    // Nothing has begun that a stop would have to wait for.
    const onInterrupted = (): never => process.exit(exitCodes.interrupted);
    return askSecret(question, { interrupted: interruption.signal, onInterrupted });
  },
  interrupted: interruption.signal,
  nowMs: () => Date.now(),
};

process.exitCode = await runProgram(process.argv.slice(2), context);
// What is left open now (a kept connection, say) must not hold the terminal.
setTimeout(() => process.exit(), 200).unref();
