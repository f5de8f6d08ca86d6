import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { renderPage } from '../../test/render';
import { serve, success } from '../../test/server';
import MetricsExplorer from './MetricsExplorer';

describe('MetricsExplorer', () => {
  it('finds metrics by their help and inserts the chosen one', async () => {
    serve({
      '/label/__name__/values': success(['up', 'requests_total']),
      '/metadata': success({ requests_total: [{ type: 'counter', help: 'Served requests.', unit: '' }] }),
    });
    const onInsert = vi.fn();
    renderPage(<MetricsExplorer onClose={vi.fn()} onInsert={onInsert} />);
    await screen.findByText('Served requests.');
    await userEvent.type(screen.getByLabelText('Filter by name or help'), 'served');
    expect(screen.queryByText('up')).toBeNull();
    await userEvent.click(screen.getByText('requests_total'));
    expect(onInsert).toHaveBeenCalledWith('requests_total');
  });
});
