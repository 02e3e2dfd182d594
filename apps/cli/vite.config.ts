/** Bundles the command into plain JavaScript that needs nothing beside it but the native SQLite module. */
import { defineConfig } from 'vite';

export default defineConfig({
  build: {
    ssr: 'src/start.ts',
    outDir: 'dist',
    target: 'node22',
    // The web interface lies there too, and a command that runs may still load its other half.
    emptyOutDir: false,
    minify: false,
    rolldownOptions: {
      // Loads its compiled half from its own folder, so it must stay a package.
      external: ['better-sqlite3'],
      output: {
        banner: (chunk) => (chunk.isEntry ? '#!/usr/bin/env node' : ''),
        entryFileNames: 'sluice.js',
        // In the same folder, so that what lies beside the bundle lies beside each of its pieces.
        chunkFileNames: 'chunk-[name].js',
      },
    },
  },
  ssr: { noExternal: true, external: ['better-sqlite3'] },
});
