// @ts-check
// Called by Maven: packages, static checks and bundle, each only when its inputs changed.
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { installPackages, root, tool, unlessUnchanged } from './steps.mjs';

const stamp = 'target/ui-build.stamp';
const inputs = [
  'build', 'e2e', 'public', 'src', 'eslint.config.mjs', 'index.html', 'package.json', 'package-lock.json',
  'tsconfig.json', 'vite.config.ts',
];

installPackages();
if (!existsSync(join(root, 'target/classes/static/index.html'))) rmSync(join(root, stamp), { force: true });
const built = unlessUnchanged(stamp, inputs, () => {
  console.log('ui: tsc, eslint, vite build');
  tool('typescript/bin/tsc', '--noEmit');
  tool('eslint/bin/eslint.js', '.', '--max-warnings', '0');
  tool('vite/bin/vite.js', 'build', '--logLevel', 'warn');
});
if (!built) console.log('ui: unchanged');
