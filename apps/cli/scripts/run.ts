/** Runs the command from a clone of the repository, building first what is missing: `pnpm sluice …`. */
import { pathToFileURL } from 'node:url';
import { buildCommand, buildInterface, builtCommand } from './build.ts';

const words = process.argv.slice(2);

try {
  buildCommand();
  if (words[0] === 'serve') buildInterface();
} catch (error) {
  process.stderr.write(`sluice: it could not be built: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

// The package manager runs scripts in the root of the repository; paths are meant from where they were typed.
process.chdir(process.env['INIT_CWD'] ?? '.');
process.argv[1] = builtCommand;
await import(pathToFileURL(builtCommand).href);
