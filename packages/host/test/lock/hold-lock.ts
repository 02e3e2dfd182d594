/** Run as a process of its own by the lock's tests: takes the lock of a folder, says so, and holds it until it dies. */
import { claimHostLock } from '../../src/lock/host-lock.ts';

try {
  claimHostLock(process.argv[2] ?? '');
  process.stdout.write('locked\n');
  process.stdin.resume();
} catch (error) {
  process.stdout.write(`${(error as { code?: string }).code ?? String(error)}\n`);
}
