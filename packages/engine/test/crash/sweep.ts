/**
 * `pnpm sweep`: ends engines at every system call that changes the disk, and cuts the power at many moments, on a real
 * disk and at every call to one in memory. `npm test` does the same at a few. Minutes; needs Linux, and root for the disks.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const engine = join(import.meta.dirname, '../..');
const vitest = join(createRequire(join(engine, 'package.json')).resolve('vitest/package.json'), '../vitest.mjs');
const { status } = spawnSync(process.execPath, [vitest, 'run', 'test/crash', 'test/store/power-cut.test.ts'], {
  cwd: engine,
  env: { ...process.env, SLUICE_SWEEP: 'full' },
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
