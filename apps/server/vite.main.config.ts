/** Builds the server itself: dist/main.js, with everything in it but the native modules. */
import { join } from 'node:path';
import { defineConfig } from 'vite';

export default defineConfig({
  build: {
    ssr: join(import.meta.dirname, 'src/main/main.ts'),
    outDir: join(import.meta.dirname, 'dist'),
    emptyOutDir: false,
    target: 'node24',
    rolldownOptions: { output: { entryFileNames: 'main.js', codeSplitting: false } },
  },
  ssr: { noExternal: true, external: ['better-sqlite3', '@napi-rs/xattr'] },
});
