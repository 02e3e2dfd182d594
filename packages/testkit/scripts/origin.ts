/**
 * The command behind `pnpm origin`: serves situations of the fault list on loopback until it is interrupted, so that any
 * program can be tried against them. Without `--play` it lists them.
 */
import { parseArgs } from 'node:util';
import { startOrigin } from '../src/origin/index.ts';
import { fullScale, type Play, playPath, plays, playsOf } from '../src/plays/index.ts';

const usage = 'Usage: pnpm origin [--play FAULT [--size BYTES] [--rate BYTES-PER-SECOND, 0 = unlimited]]';

function readArguments(): { readonly fault: string | undefined; readonly sizeBytes: number; readonly rate: number } {
  const { values } = parseArgs({
    options: { play: { type: 'string' }, size: { type: 'string' }, rate: { type: 'string' } },
  });
  const sizeBytes = Number(values.size ?? fullScale.sizeBytes);
  const rate = Number(values.rate ?? fullScale.bytesPerSecond);
  if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 0) throw new Error(`--size '${values.size}' is not a size`);
  if (!Number.isSafeInteger(rate) || rate < 0) throw new Error(`--rate '${values.rate}' is not a rate`);
  return { fault: values.play, sizeBytes, rate };
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function list(): void {
  for (const { fault, name } of plays) say(`${fault.padEnd(5)} ${name}`);
  say(`\n${usage}`);
}

async function serve(chosen: readonly Play[], sizeBytes: number, rate: number): Promise<void> {
  for (const play of chosen) {
    const origin = await startOrigin();
    play.stage(origin, { sizeBytes, ...(rate === 0 ? {} : { bytesPerSecond: rate }) });
    say(`${origin.urlOf(playPath)}\n  ${play.fault}: ${play.name}\n  Right: ${play.right}`);
  }
  say('\nEnd with Ctrl+C.');
}

try {
  const { fault, sizeBytes, rate } = readArguments();
  const chosen = fault === undefined ? [] : playsOf(fault);
  if (fault === undefined) list();
  else if (chosen.length > 0) await serve(chosen, sizeBytes, rate);
  else throw new Error(`No play is called '${fault}'. \`pnpm origin\` lists them.`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}\n`);
  process.exitCode = 2;
}
