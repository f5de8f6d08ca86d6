// @ts-check
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** @param {string} path @returns {string[]} every file at or below the path, sorted */
function filesBelow(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).sort().flatMap((name) => filesBelow(join(path, name)));
}

/** @param {string[]} inputs paths relative to the module @returns {string} hash over names and contents */
export function fingerprint(inputs) {
  const hash = createHash('sha256').update(process.version);
  for (const file of inputs.flatMap((input) => filesBelow(join(root, input)))) {
    hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/**
 * Runs the steps unless the stamp says that the same inputs already passed them.
 * @param {string} stamp file that keeps the fingerprint @param {string[]} inputs @param {() => void} steps
 * @returns {boolean} whether the steps ran
 */
export function unlessUnchanged(stamp, inputs, steps) {
  const file = join(root, stamp);
  const current = fingerprint(inputs);
  if (existsSync(file) && readFileSync(file, 'utf8') === current) return false;
  steps();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, current);
  return true;
}

/** Runs a command in the module's folder; a failure ends the build. @param {string} command @param {string[]} args */
export function run(command, args) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (result.error) {
    console.error(`ui: cannot run ${command}: ${result.error.message}; install Node 20.19 or newer, or build with -Dui.skip=true`);
    process.exit(1);
  }
  if (result.status !== 0) {
    console.error(`ui: ${command} ${args.join(' ')} failed with status ${result.status ?? result.signal}`);
    process.exit(1);
  }
}

/** Installs what package-lock.json names, if it changed since the last time. */
export function installPackages() {
  unlessUnchanged('node_modules/.narthex-stamp', ['package.json', 'package-lock.json', '.npmrc'], () => {
    console.log('ui: installing packages (npm ci)');
    run('npm', ['ci', '--loglevel=error', '--prefer-offline']);
  });
}

/** @param {string} name @param {string[]} args runs a tool of node_modules without npm's start-up time */
export function tool(name, ...args) {
  run(process.execPath, [join(root, 'node_modules', name), ...args]);
}
