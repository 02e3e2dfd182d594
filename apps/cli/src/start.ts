/** Where the process `sluice` begins: everything after this file is loaded from compiled code where that was kept. */
import { mkdirSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** In a folder of the user's own: whoever may write there decides what runs here. */
function keepCompiledCode(): void {
  const caches = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const folder = join(caches, 'sluice', 'code');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch {
    // Without a place to keep it, starting only takes longer.
    return;
  }
  enableCompileCache(folder);
}

keepCompiledCode();
await import('./main.ts');
