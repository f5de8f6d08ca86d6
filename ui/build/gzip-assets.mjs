// @ts-check
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const compressible = /\.(js|css|svg|json)$/;

/**
 * Writes a `.gz` twin beside every larger text asset, so that the server can hand it out without compressing on each
 * request. zlib leaves the time field of the header empty: equal input gives equal bytes.
 * @returns {import('vite').Plugin}
 */
export function gzipAssets() {
  let outDir = '';
  return {
    name: 'narthex-gzip-assets',
    apply: 'build',
    configResolved(config) {
      outDir = join(config.root, config.build.outDir);
    },
    closeBundle() {
      for (const name of readdirSync(outDir, { recursive: true, encoding: 'utf8' })) {
        const file = join(outDir, name);
        if (compressible.test(name) && statSync(file).size > 1024) {
          writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
        }
      }
    },
  };
}
