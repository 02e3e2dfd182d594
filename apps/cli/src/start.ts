/** Where the process `sluice` begins: everything after this file is loaded from compiled code where that was kept. */
import { existsSync, mkdirSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The cache of compiled code is in a folder of the user: who can write there can run code here. */
function keepCompiledCode(): void {
  const caches = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const folders = [caches, join(caches, 'sluice'), join(caches, 'sluice', 'code')];
  try {
    // One by one: the recursive way never comes back below such a folder as /proc.
    for (const folder of folders) if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
  } catch {
    // Without a place to keep it, starting only takes longer.
    return;
  }
  enableCompileCache(folders.at(-1));
}

keepCompiledCode();
await import('./main.ts');
