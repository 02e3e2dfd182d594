/** Clears away what a crash left beside files that are whole, and that no download will come by to find. */
import { dirname } from 'node:path';
import { clearLeftovers, clearStaleJournal, createNodeFiles } from '@sluice/engine';

/** @param paths of whole files; absolute */
export async function clearBeside(paths: readonly string[]): Promise<void> {
  const files = createNodeFiles();
  for (const folder of new Set(paths.map((path) => dirname(path)))) await clearLeftovers(files, folder);
  for (const path of paths) await clearStaleJournal(files, path);
}
