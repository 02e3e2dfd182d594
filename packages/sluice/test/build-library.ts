/** Builds the package before the tests that use it as its users do: once, for they run beside each other. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const home = join(import.meta.dirname, '..');

/** A build that fails leaves nothing: then the tests that use it fail, and the others need not. */
export async function setup(): Promise<void> {
  await promisify(execFile)(process.execPath, [join(home, 'scripts/build.ts'), '--if-stale'], { cwd: home }).catch(
    (error: unknown) => process.stderr.write(`${String(error)}\n`),
  );
}
