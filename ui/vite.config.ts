import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { gzipAssets } from './build/gzip-assets.mjs';

// The server that answers the API while the UI is developed or looked at:
// NARTHEX_API=http://127.0.0.1:9090 npm run dev
const api = process.env['NARTHEX_API'] ?? 'http://127.0.0.1:9090';
const proxy = {
  '/api': { target: api },
  '/-/': { target: api },
  '/metrics': { target: api },
};

export default defineConfig({
  // Relative addresses: the same files work below every route prefix.
  base: './',
  plugins: [react(), gzipAssets()],
  server: { host: '127.0.0.1', proxy },
  preview: { host: '127.0.0.1', proxy },
  build: {
    outDir: 'target/classes/static',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 500,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What several pages share comes in one file instead of twenty of a few hundred bytes each.
          groups: [{ name: 'shared', test: /node_modules.@(mantine|floating-ui)|src.(components|format|api)./, minShareCount: 3 }],
        },
      },
    },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/test/setup.ts'],
    css: false,
    restoreMocks: true,
    unstubGlobals: true,
    // One document for all files of a worker: setup.ts cleans it, and starting another takes longer than the tests.
    isolate: false,
  },
});
