import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { renderPage } from '../../test/render';
import { failure, serve, success } from '../../test/server';
import { type Panel, defaultPanel } from '../panel';
import ExplainTab from './ExplainTab';

const selector = {
  operator: 'instant selector',
  text: 'up{job=~"a"}',
  position: { start: 4, end: 16 },
  details: { matchers: '{job=~"a", __name__="up"}', pushed: 'sum' },
  steps: 1,
  estimated: { series: 2, exact: true, samples: 40 },
  inputs: [],
};
const sum = {
  operator: 'aggregation',
  text: 'sum(up{job=~"a"})',
  position: { start: 0, end: 17 },
  details: { operator: 'sum', method: 'folds series as they stream by' },
  steps: 1,
  estimated: { series: 1, exact: true },
  inputs: [selector],
};
const hint = { kind: 'literal-regex', text: 'write job="a"', position: { start: 7, end: 15 }, at: '1:8' };

function show(panel: Partial<Panel>) {
  renderPage(<ExplainTab panel={{ ...defaultPanel, ...panel }} execution={0} onChange={vi.fn()} onStats={vi.fn()} />);
}

describe('ExplainTab', () => {
  it('shows operators as a tree, and hints with their place', async () => {
    const asked = serve({ '/query_explain': success({ analyzed: false, plan: sum, hints: [hint] }) });
    show({ expr: 'sum(up{job=~"a"})', endMillis: 1_000_500 });
    expect(await screen.findByText('aggregation')).toBeDefined();
    expect(screen.getByText('storage is told of sum')).toBeDefined();
    expect(screen.getByText('job=~"a"')).toBeDefined();
    expect(screen.getByText('Hint: literal regex')).toBeDefined();
    expect(asked).toEqual([`/api/v1/query_explain?query=${encodeURIComponent('sum(up{job=~"a"})').replaceAll('(', '%28').replaceAll(')', '%29').replaceAll('~', '%7E')}&time=1000.5`]);
  });

  it('runs the query only when it is to be analyzed', async () => {
    const asked = serve({ '/query_explain': success({ analyzed: false, plan: sum, hints: [] }) });
    show({ expr: 'up', endMillis: 1_000_000 });
    await screen.findByText('aggregation');
    await userEvent.click(screen.getByRole('switch', { name: /Analyze/ }));
    await waitFor(() => expect(asked.at(-1)).toBe('/api/v1/query_explain?query=up&time=1000&analyze=true'));
    expect(asked).toHaveLength(2);
  });

  it("explains over the graph's range too", async () => {
    const asked = serve({ '/query_explain': success({ analyzed: false, plan: sum, hints: [] }) });
    show({ expr: 'up', endMillis: 4_000_000, rangeMillis: 3_600_000, resolution: { type: 'fixed', stepMillis: 60_000 } });
    await screen.findByText('aggregation');
    await userEvent.click(screen.getByText('As for the graph'));
    await waitFor(() => expect(asked.at(-1)).toBe('/api/v1/query_explain?query=up&start=400&end=4000&step=60'));
  });

  it('says why a query fails', async () => {
    serve({ '/query_explain': success({ analyzed: true, plan: sum, hints: [], error: 'too many samples' }) });
    show({ expr: 'up' });
    expect((await screen.findByRole('alert')).textContent).toContain('too many samples');
    expect(screen.getByText('aggregation')).toBeDefined();
  });

  it("shows the server's refusal", async () => {
    serve({ '/query_explain': failure('bad_data', '1:3: parse error') });
    show({ expr: 'up{' });
    expect((await screen.findByRole('alert')).textContent).toContain('1:3: parse error');
  });
});
