/** Builds the package before the tests that use it as its users do: once, for they run beside each other. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const home = join(import.meta.dirname, '..');

export async function setup(): Promise<void> {
  await promisify(execFile)(process.execPath, [join(home, 'scripts/build.ts'), '--if-stale'], { cwd: home });
}
