/** Builds and serves the development page, under the content security policy that hosts set. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self' ws:";

export default defineConfig({
  root: 'dev',
  plugins: [react()],
  build: { outDir: 'dist', emptyOutDir: true },
  preview: { headers: { 'Content-Security-Policy': policy } },
});
