/** Builds the command before the journeys that run it: once, for they run beside each other. */
import { buildCommand } from '../../scripts/build.ts';

/** A build that fails leaves nothing: then the journeys fail, and the other tests need not. */
export function setup(): void {
  try {
    buildCommand();
  } catch (error) {
    process.stderr.write(`${String(error)}\n`);
  }
}
