import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { renderPage } from '../test/render';
import { serve, success } from '../test/server';
import ConfigPage from './ConfigPage';
import FlagsPage from './FlagsPage';
import StatusPage from './StatusPage';
import TsdbStatusPage from './TsdbStatusPage';

describe('status pages', () => {
  it('filters flags by name and value', async () => {
    serve({ '/status/flags': success({ 'web.listen-address': '0.0.0.0:9090', 'log.level': 'info' }) });
    renderPage(<FlagsPage />, '/flags');
    expect(await screen.findByText('--log.level')).toBeDefined();
    await userEvent.type(screen.getByLabelText('Filter by name or value'), '9090');
    expect(screen.queryByText('--log.level')).toBeNull();
    expect(screen.getByText('--web.listen-address')).toBeDefined();
  });

  it('shows the whole configuration', async () => {
    serve({ '/status/config': success({ yaml: 'global:\n  scrape_interval: 15s\n' }) });
    renderPage(<ConfigPage />, '/config');
    expect((await screen.findByLabelText('YAML')).textContent).toBe('global:\n  scrape_interval: 15s\n');
    expect(screen.getByLabelText('Copy the configuration')).toBeDefined();
  });

  it('names runtime and build facts and says when a reload failed', async () => {
    const runtime = { startTime: '2026-11-21T08:00:00Z', serverTime: '2026-11-21T09:01:02Z', reloadConfigSuccess: false, newFact: 3 };
    serve({ '/status/runtimeinfo': success(runtime), '/status/buildinfo': success({ version: '3.14.0' }) });
    renderPage(<StatusPage />, '/status');
    expect(await screen.findByText('1h 1m 2s')).toBeDefined();
    expect(screen.getByText('2026-11-21 08:00:00 UTC')).toBeDefined();
    expect(screen.getByText(/failed/)).toBeDefined();
    expect(screen.getByText('newFact')).toBeDefined();
    expect(await screen.findByText('3.14.0')).toBeDefined();
  });

  it('shows an empty head as empty', async () => {
    const headStats = { numSeries: 0, numLabelPairs: 0, chunkCount: 0, minTime: 2 ** 63, maxTime: -(2 ** 63) };
    const lists = { seriesCountByMetricName: [], labelValueCountByLabelName: [], memoryInBytesByLabelName: [], seriesCountByLabelValuePair: [{ name: 'job=node', value: 12345 }] };
    serve({ '/status/tsdb': success({ headStats, ...lists }) });
    renderPage(<TsdbStatusPage />, '/tsdb-status');
    expect(await screen.findAllByText('no samples yet')).toHaveLength(2);
    expect(screen.getByText('12,345')).toBeDefined();
    expect(screen.getAllByText('Nothing to count yet.')).toHaveLength(3);
  });
});
