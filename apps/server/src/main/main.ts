/** The server's entry: turns the command line, signals and streams into one run and an exit code. */
import { join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { type ServeOptions, type SessionsRequest, helpText, readArguments } from './arguments.ts';
import { openBrowser } from './open-browser.ts';
import { runServer } from './run-server.ts';
import { runSessions } from './run-sessions.ts';
import { startSentence } from './sentences.ts';

/** As shells expect: 0 fine, 1 could not, 2 asked wrongly. */
async function main(): Promise<number> {
  const read = readArguments(process.argv.slice(2));
  switch (read.kind) {
    case 'help':
      process.stdout.write(helpText);
      return 0;
    case 'version':
      process.stdout.write(`${manifest.version}\n`);
      return 0;
    case 'wrong':
      warn(`${read.sentence}\nSee --help.`);
      return 2;
    case 'serve':
      return serve(read.options);
    case 'sessions':
      return sessions(read);
    default:
      return read satisfies never;
  }
}

async function serve(options: ServeOptions): Promise<number> {
  const stopping = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stopping.resolve());
  try {
    await runServer(options, {
      version: manifest.version,
      // Beside this bundle, where the build puts it.
      uiFolder: join(import.meta.dirname, 'ui'),
      say,
      warn,
      openBrowser,
      stopped: stopping.promise,
    });
    return 0;
  } catch (error) {
    warn(startSentence(error));
    return 1;
  }
}

async function sessions(request: SessionsRequest): Promise<number> {
  try {
    return (await runSessions(request, { say, warn })) ? 0 : 1;
  } catch (error) {
    warn(startSentence(error));
    return 1;
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function warn(line: string): void {
  process.stderr.write(`${line}\n`);
}

// A browser this process opened, or a socket it is done with, must not keep it alive.
process.exit(await main());
