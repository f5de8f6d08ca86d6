import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { renderPage } from '../test/render';
import { failure, serve, success } from '../test/server';
import TargetsPage from './TargetsPage';

function target(pool: string, instance: string, health: 'up' | 'down') {
  return {
    discoveredLabels: { __address__: instance, __meta_secret: 'found' },
    labels: { instance, job: pool },
    scrapePool: pool,
    scrapeUrl: `http://${instance}/metrics`,
    globalUrl: `http://${instance}/metrics`,
    lastError: health === 'down' ? 'connection refused' : '',
    lastScrape: new Date(Date.now() - 5000).toISOString(),
    lastScrapeDuration: 0.012,
    health,
    scrapeInterval: '15s',
    scrapeTimeout: '10s',
  };
}

const targets = success({
  activeTargets: [target('node', 'h1:1', 'up'), target('node', 'h2:1', 'down'), target('app', 'h3:1', 'up')],
  droppedTargets: [],
});

describe('TargetsPage', () => {
  it('shows pools with their counts, states and errors', async () => {
    serve({ '/targets': targets });
    renderPage(<TargetsPage />, '/targets');
    expect(await screen.findByText('1 / 2 up')).toBeDefined();
    expect(screen.getByText('1 / 1 up')).toBeDefined();
    expect(screen.getByText('connection refused')).toBeDefined();
    expect(screen.getAllByText('took 12ms')).toHaveLength(3);
  });

  it('keeps filters in the address', async () => {
    serve({ '/targets': targets });
    renderPage(<TargetsPage />, '/targets?health=up');
    expect(await screen.findByText('http://h1:1/metrics')).toBeDefined();
    expect(screen.queryByText('http://h2:1/metrics')).toBeNull();
    await userEvent.type(screen.getByLabelText('Filter by address, labels or error'), 'h3');
    expect(screen.queryByText('http://h1:1/metrics')).toBeNull();
    expect(screen.getByTestId('address').textContent).toBe('/targets?health=up&search=h3');
  });

  it('shows discovered labels on demand', async () => {
    serve({ '/targets': success({ activeTargets: [target('node', 'h1:1', 'up')], droppedTargets: [] }) });
    renderPage(<TargetsPage />, '/targets');
    await userEvent.click(await screen.findByText(/Show discovered labels/));
    expect(screen.getByText('found')).toBeDefined();
  });

  it('folds a pool away', async () => {
    serve({ '/targets': targets });
    renderPage(<TargetsPage />, '/targets');
    await userEvent.click(await screen.findByRole('button', { name: /node/ }));
    expect(screen.queryByText('http://h1:1/metrics')).toBeNull();
    expect(screen.getByText('http://h3:1/metrics')).toBeDefined();
  });

  it('says what to do where there are none', async () => {
    serve({ '/targets': success({ activeTargets: [], droppedTargets: [] }) });
    renderPage(<TargetsPage />, '/targets');
    expect(await screen.findByText('There are no targets')).toBeDefined();
  });

  it('offers to try again after an error', async () => {
    serve({ '/targets': failure('internal', 'boom', 500) });
    renderPage(<TargetsPage />, '/targets');
    expect((await screen.findByRole('alert')).textContent).toContain('boom');
    serve({ '/targets': targets });
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('1 / 2 up')).toBeDefined();
    expect(screen.queryByText('boom')).toBeNull();
  });
});
