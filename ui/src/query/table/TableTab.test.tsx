import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { renderPage } from '../../test/render';
import { failure, serve, success } from '../../test/server';
import { type Panel, defaultPanel } from '../panel';
import { TableTab } from './TableTab';

function show(panel: Partial<Panel>) {
  const onStats = vi.fn();
  renderPage(<TableTab panel={{ ...defaultPanel, ...panel }} execution={0} onChange={vi.fn()} onStats={onStats} />);
  return onStats;
}

describe('TableTab', () => {
  it('shows series and values', async () => {
    const asked = serve({
      '/query': success({ resultType: 'vector', result: [{ metric: { __name__: 'up', job: 'node' }, value: [1, '1'] }] }),
    });
    const onStats = show({ expr: ' up ', endMillis: 1_000_500 });
    const cells = await screen.findAllByRole('cell');
    expect(cells.map(({ textContent }) => textContent)).toEqual(['up{job="node"}', '1']);
    expect(asked).toEqual(['/api/v1/query?query=up&time=1000.5']);
    await waitFor(() => expect(onStats).toHaveBeenLastCalledWith(expect.objectContaining({ series: 1 })));
  });

  it('asks nothing before there is an expression', () => {
    const asked = serve({});
    show({ expr: '  ' });
    expect(screen.getByText(/Enter an expression/)).toBeDefined();
    expect(asked).toEqual([]);
  });

  it('says that there is no data', async () => {
    serve({ '/query': success({ resultType: 'vector', result: [] }) });
    show({ expr: 'nothing' });
    expect(await screen.findByText('The query returned no data')).toBeDefined();
  });

  it("shows the server's error and what to do", async () => {
    serve({ '/query': failure('bad_data', '1:3: parse error: unexpected end of input') });
    show({ expr: 'up{' });
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('1:3: parse error: unexpected end of input');
    expect(alert.textContent).toContain('positions are line:column');
  });

  it('shows warnings and notes beside the result', async () => {
    serve({ '/query': success({ resultType: 'scalar', result: [1, '4'] }, { warnings: ['beware'], infos: ['by the way'] }) });
    show({ expr: '4' });
    expect(await screen.findByText('beware')).toBeDefined();
    expect(screen.getByText('by the way')).toBeDefined();
    expect(screen.getByRole('cell', { name: '4' })).toBeDefined();
  });
});
