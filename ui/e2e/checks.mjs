// @ts-check

/**
 * @typedef {object} Context
 * @property {import('playwright-core').Browser} browser
 * @property {string} baseUrl without a slash at its end
 * @property {string} screenshots folder for pictures
 */

/** @param {Context} context @param {string} path @param {import('playwright-core').BrowserContextOptions} [options] */
async function open({ browser, baseUrl }, path, options = {}) {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, ...options });
  page.setDefaultTimeout(15_000);
  /** @type {string[]} */
  const problems = [];
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(`${baseUrl}/`)) problems.push(`request outside of the server's address: ${request.url()}`);
  });
  await page.goto(baseUrl + path);
  return { page, problems };
}

/** @param {unknown} condition @param {string} message */
function expect(condition, message) {
  if (!condition) throw new Error(message);
}

/** @param {Record<string, string>} params of the first panel */
function queryPath(params) {
  const entries = Object.entries(params).map(([name, value]) => /** @type {[string, string]} */ ([`g0.${name}`, value]));
  return `/query?${new URLSearchParams(entries).toString()}`;
}

/** Number of pixels of the chart that the series' colours cover. @param {import('playwright-core').Page} page */
function colouredPixels(page) {
  return page.locator('[data-testid=chart] canvas').evaluate((canvas) => {
    const drawn = /** @type {HTMLCanvasElement} */ (canvas);
    const pixels = drawn.getContext('2d')?.getImageData(0, 0, drawn.width, drawn.height).data ?? [];
    let count = 0;
    for (let i = 0; i < pixels.length; i += 4) {
      const [r = 0, g = 0, b = 0, alpha = 0] = [pixels[i], pixels[i + 1], pixels[i + 2], pixels[i + 3]];
      // Axes and labels are grey: their channels are close to each other.
      if (alpha > 100 && Math.max(r, g, b) - Math.min(r, g, b) > 60) count++;
    }
    return count;
  });
}

/** @param {import('playwright-core').Locator} element */
function isFocused(element) {
  return element.evaluate((node) => node === document.activeElement);
}

/** @param {import('playwright-core').Page} page @param {string[]} problems @param {Context} context @param {string} name */
async function finish(page, problems, { screenshots }, name) {
  await page.screenshot({ path: `${screenshots}/${name}.png` });
  await page.close();
  expect(problems.length === 0, problems.join('; '));
}

/** Each check names the rule that it tests. @type {Record<string, (context: Context) => Promise<void>>} */
export const checks = {
  async 'typed expression is executed on Enter and its values appear in the table'(context) {
    const { page, problems } = await open(context, '/');
    await page.waitForURL('**/query');
    await page.locator('.cm-content').click();
    await page.keyboard.type('up == 1');
    await page.keyboard.press('Escape');
    await page.locator('.cm-content').click();
    await page.keyboard.press('Enter');
    const row = page.locator('tbody tr').first();
    await row.waitFor();
    const cells = await row.locator('td').allInnerTexts();
    expect(cells[0]?.startsWith('up{'), `expected a series of up, got ${cells[0]}`);
    expect(cells[1]?.trim() === '1', `expected the value 1, got ${cells[1]}`);
    expect(new URL(page.url()).searchParams.get('g0.expr') === 'up == 1', `the address lacks the expression: ${page.url()}`);
    await finish(page, problems, context, 'query-table');
  },

  async 'graph of an address of Prometheus is drawn, with a legend and a tooltip'(context) {
    const { page, problems } = await open(context, queryPath({ expr: 'sum by (job) (up) + 1', tab: 'graph', range_input: '10m', step_input: '5' }));
    await page.locator('[data-testid=chart] canvas').waitFor();
    const pixels = await colouredPixels(page);
    expect(pixels > 50, `expected lines in the graph, found ${pixels} coloured pixels`);
    const rows = page.locator('[data-testid=legend] [data-series]');
    expect((await rows.count()) > 0, 'the legend is empty');
    const box = await page.locator('[data-testid=chart] .u-over').boundingBox();
    if (box === null) throw new Error('the chart has no area');
    await page.mouse.move(box.x + box.width - 5, box.y + box.height / 2);
    const value = await rows.first().locator('span').last().innerText();
    expect(Number(value) >= 1, `expected a value in the legend, got ${value}`);
    await page.getByText(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/).first().waitFor();
    await finish(page, problems, context, 'query-graph');
  },

  async 'dragging over the graph zooms by asking for the shorter range'(context) {
    const { page, problems } = await open(context, queryPath({ expr: 'vector(1)', tab: 'graph', range_input: '1h' }));
    await page.locator('[data-testid=chart] canvas').waitFor();
    const box = await page.locator('[data-testid=chart] .u-over').boundingBox();
    if (box === null) throw new Error('the chart has no area');
    await page.mouse.move(box.x + box.width * 0.25, box.y + 50);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.75, box.y + 60, { steps: 4 });
    await page.mouse.up();
    await page.waitForURL(/g0\.end_input=/);
    const range = new URL(page.url()).searchParams.get('g0.range_input') ?? '';
    expect(/^(29|30)m/.test(range), `expected a range of half an hour, got ${range}`);
    await finish(page, problems, context, 'query-zoom');
  },

  async 'several panels of an address are shown, one stacked'(context) {
    const path = `${queryPath({ expr: 'up', tab: 'table' })}&g1.expr=${encodeURIComponent('sum by (job) (up)')}&g1.tab=0&g1.stacked=1&g1.range_input=5m`;
    const { page, problems } = await open(context, path);
    await page.locator('tbody tr').first().waitFor();
    await page.locator('[data-testid=chart] canvas').waitFor();
    expect((await page.locator('.cm-content').count()) === 2, 'expected two editors');
    expect(await page.getByLabel('Stacked').isChecked(), 'the second panel is not stacked');
    await finish(page, problems, context, 'query-panels');
  },

  async 'invalid expression shows the error of the server and what to do'(context) {
    const { page, problems } = await open(context, queryPath({ expr: 'sum(', tab: 'table' }));
    const alert = page.getByRole('alert');
    await alert.waitFor();
    const text = await alert.innerText();
    expect(/parse error/.test(text), `expected a parse error, got ${text}`);
    expect(/line:column/.test(text), `expected advice, got ${text}`);
    await finish(page, problems, context, 'query-error');
  },

  async 'completion offers metric names of the server'(context) {
    const { page, problems } = await open(context, '/query');
    await page.locator('.cm-content').click();
    await page.keyboard.type('scrape_dur');
    await page.locator('.cm-tooltip-autocomplete').getByText('scrape_duration_seconds').first().waitFor();
    await finish(page, problems, context, 'query-completion');
  },

  async 'metrics explorer inserts the chosen metric'(context) {
    const { page, problems } = await open(context, '/query');
    await page.getByLabel('Query options').click();
    await page.getByText('Explore metrics').click();
    await page.getByPlaceholder('Filter by name or help').fill('scrape_samples_scraped');
    await page.getByRole('button', { name: 'scrape_samples_scraped' }).click();
    await page.locator('.cm-content').getByText('scrape_samples_scraped').waitFor();
    await finish(page, problems, context, 'explorer');
  },

  async 'targets page shows targets that are up and filters them'(context) {
    const { page, problems } = await open(context, '/targets');
    await page.getByText(/\d+ \/ \d+ up/).first().waitFor();
    expect((await page.getByText('up', { exact: true }).count()) > 0, 'no target is up');
    await page.getByPlaceholder('Filter by address, labels or error').fill('no such target');
    await page.getByText('No target matches the filters').waitFor();
    await page.getByLabel('Clear the filter').click();
    await page.getByText(/\d+ \/ \d+ up/).first().waitFor();
    await finish(page, problems, context, 'targets');
  },

  async 'status pages show what the server says'(context) {
    const contents = {
      '/status': 'Uptime',
      '/tsdb-status': 'Number of series',
      '/flags': '--web.listen-address',
      '/config': 'scrape_configs',
      '/service-discovery': '__address__',
    };
    for (const [path, text] of Object.entries(contents)) {
      const { page, problems } = await open(context, path);
      await page.getByText(text).first().waitFor();
      expect((await page.getByRole('alert').count()) === 0, `${path} shows an error: ${await page.getByRole('main').innerText()}`);
      await finish(page, problems, context, path.slice(1));
    }
  },

  async 'pages are reached by the menu, with the keyboard alone'(context) {
    const { page, problems } = await open(context, '/query');
    // The editor takes the focus once, when it has loaded; a menu that is open then would lose it.
    await page.locator('.cm-content').waitFor();
    await page.getByRole('button', { name: 'Status' }).focus();
    await page.keyboard.press('Enter');
    const item = page.getByRole('menuitem', { name: 'Target health' });
    await item.waitFor();
    // How many presses it takes depends on whether the focus has reached the opened menu yet.
    for (let i = 0; i < 12 && !(await isFocused(item)); i++) await page.keyboard.press('ArrowDown', { delay: 50 });
    expect(await isFocused(item), 'the arrow keys do not reach the menu item');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/targets');
    await finish(page, problems, context, 'menu');
  },

  async 'dark theme follows the system and can be chosen'(context) {
    const dark = 'html[data-mantine-color-scheme=dark]';
    const { page, problems } = await open(context, queryPath({ expr: 'up', tab: 'graph', range_input: '10m' }), { colorScheme: 'dark' });
    await page.locator('[data-testid=chart] canvas').waitFor();
    await page.locator(dark).waitFor();
    const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const brightness = Math.max(...(background.match(/\d+/g) ?? ['255']).slice(0, 3).map(Number));
    expect(brightness < 60, `the dark background is ${background}`);
    await page.screenshot({ path: `${context.screenshots}/query-graph-dark.png` });
    await page.getByRole('button', { name: /^Theme: system/ }).click();
    await page.locator('html[data-mantine-color-scheme=light]').waitFor();
    await page.getByRole('button', { name: /^Theme: light/ }).click();
    await page.locator(dark).waitFor();
    await page.reload();
    await page.locator(dark).waitFor();
    await finish(page, problems, context, 'theme');
  },

  async 'nothing overflows at the width of a phone'(context) {
    for (const path of [queryPath({ expr: 'up', tab: 'graph' }), '/targets', '/status', '/flags']) {
      const { page, problems } = await open(context, path, { viewport: { width: 360, height: 740 } });
      await page.getByRole('main').locator('section').first().waitFor();
      if (path.includes('graph')) await page.locator('[data-testid=legend]').waitFor();
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width <= 360, `${path} is ${width} pixels wide`);
      await page.getByLabel('Open navigation').click();
      await page.getByRole('link', { name: 'Alerts' }).waitFor();
      await finish(page, problems, context, `phone-${path.split(/[/?]/)[1]}`);
    }
  },
};
