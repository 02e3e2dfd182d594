/** A real server as a child process: started, found ready, stopped and joined. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export interface ServerProcess {
  readonly processId: number;
  /** Ends it, forcibly if it lingers, and waits until it has gone. */
  stop(): Promise<void>;
}

const betweenAttemptsMs = 15;
const attempts = 600;
const graceMs = 2000;

/**
 * Settles once `port` accepts connections.
 * @throws Error with what the server wrote, when it exits before
 */
export async function startServerProcess(
  program: string,
  programArguments: readonly string[],
  port: number,
): Promise<ServerProcess> {
  const child = spawn(program, programArguments, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`${program} exited with ${code ?? signal}`));
  });
  const state: { ended: string | null } = { ended: null };
  void exited.then((how) => {
    state.ended = how;
  });
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    // Checked first, lest an answer come from a stranger who took the port.
    if (state.ended !== null) throw new Error(`${state.ended}: ${output}`);
    if (await accepts(port)) return { processId: child.pid ?? 0, stop: () => stop(child) };
    await Promise.race([delay(betweenAttemptsMs), exited]);
  }
  await stop(child);
  throw new Error(`${program} did not listen on ${port}: ${output}`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const forced = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await exited;
  clearTimeout(forced);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
