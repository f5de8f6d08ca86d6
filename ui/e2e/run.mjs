// @ts-check
// Drives Chromium against a running server: npm run e2e -- --base-url=http://127.0.0.1:9090 [--only=words] [--chromium=path]
// Prints one line per check and a sum; exits with 1 if a check failed and with 2 if none could run.
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { checks } from './checks.mjs';

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const { values } = parseArgs({
  options: { 'base-url': { type: 'string' }, only: { type: 'string', default: '' }, chromium: { type: 'string' } },
});
const executablePath = values.chromium ?? process.env['CHROMIUM'] ?? usual.find((path) => existsSync(path));
const baseUrl = values['base-url']?.replace(/\/+$/, '');
if (baseUrl === undefined) fail('e2e: --base-url is missing; give the address of a running server, such as http://127.0.0.1:9090');
if (executablePath === undefined) fail(`e2e: no Chromium found at ${usual.join(', ')}; install it or give --chromium=path`);

const screenshots = join(dirname(dirname(fileURLToPath(import.meta.url))), 'target/screenshots');
mkdirSync(screenshots, { recursive: true });
const browser = await chromium.launch({
  executablePath,
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync',
  ],
});
let passed = 0;
let failed = 0;
try {
  for (const [name, check] of Object.entries(checks).filter(([name]) => name.includes(values.only))) {
    try {
      await check({ browser, baseUrl, screenshots });
      passed++;
      console.log(`ok    ${name}`);
    } catch (error) {
      failed++;
      console.log(`FAIL  ${name}\n      ${String(error instanceof Error ? error.message : error).replaceAll('\n', '\n      ')}`);
      await keepPicture(name);
    }
  }
} finally {
  await browser.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = passed + failed === 0 ? 2 : failed === 0 ? 0 : 1;

/** @param {string} name */
async function keepPicture(name) {
  for (const page of browser.contexts().flatMap((context) => context.pages())) {
    await page.screenshot({ path: join(screenshots, `failed ${name.slice(0, 60)}.png`) }).catch(() => undefined);
    await page.close();
  }
}

/** @param {string} message @returns {never} */
function fail(message) {
  console.error(message);
  process.exit(2);
}
