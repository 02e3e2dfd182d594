/** Bundles the command into plain JavaScript that needs nothing beside it but the native modules. */
import { defineConfig } from 'vite';

/** Each loads its compiled half from its own folder, so it must stay a package. */
const native = ['better-sqlite3', '@napi-rs/xattr'];

/** Every command has a `run.ts`: the name of its chunk says which command it is. */
function commandOf(moduleId: string | null | undefined): string | null {
  const name = /\/commands\/([^/]+)\/run\.ts$/.exec(moduleId ?? '')?.[1];
  return name === undefined ? null : `run-${name}`;
}

export default defineConfig({
  build: {
    ssr: 'src/start.ts',
    outDir: 'dist',
    target: 'node22',
    // The web interface lies there too, and a command that runs may still load its other half.
    emptyOutDir: false,
    minify: false,
    rolldownOptions: {
      external: native,
      output: {
        banner: (chunk) => (chunk.isEntry ? '#!/usr/bin/env node' : ''),
        entryFileNames: 'sluice.js',
        // In the same folder, so that what lies beside the bundle lies beside each of its pieces.
        chunkFileNames: ({ facadeModuleId }) => `chunk-${commandOf(facadeModuleId) ?? '[name]'}.js`,
      },
    },
  },
  ssr: { noExternal: true, external: native },
});
