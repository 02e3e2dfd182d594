/**
 * Builds the desktop app into `out/`: main (an ES module), preload (CommonJS, as a sandboxed preload script must be) and
 * renderer. Everything is bundled but Electron itself and the libraries whose native part has to stay a file.
 */
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const source = join(import.meta.dirname, 'src');

export default defineConfig({
  main: {
    build: {
      externalizeDeps: false,
      sourcemap: true,
      rolldownOptions: { input: join(source, 'main', 'index.ts'), external: ['better-sqlite3', '@napi-rs/xattr'] },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      rolldownOptions: {
        input: join(source, 'preload', 'index.ts'),
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: join(source, 'renderer'),
    plugins: [react()],
    build: {
      // An inlined data: URL would need a wider policy than the page has.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: join(source, 'renderer', 'index.html') },
    },
  },
});
