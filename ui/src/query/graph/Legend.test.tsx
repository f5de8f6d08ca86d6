import { screen } from '@testing-library/react';
import { createRef } from 'react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { renderPage } from '../../test/render';
import { Legend, type LegendHandle } from './Legend';

function show(hidden = new Set<number>()) {
  const onToggle = vi.fn();
  const legend = createRef<LegendHandle>();
  const series = [{ job: 'a' }, { job: 'b' }];
  const columns = [[1, 2, null], [10, null, 30]];
  renderPage(<Legend ref={legend} series={series} columns={columns} hidden={hidden} isDark={false} onFocus={vi.fn()} onToggle={onToggle} />);
  return { onToggle, legend };
}

const values = () => screen.getAllByRole('button').map((row) => row.lastElementChild?.textContent);

describe('Legend', () => {
  it('shows the newest values, and those at the pointer while it is there', () => {
    const { legend } = show();
    expect(values()).toEqual(['2', '30']);
    legend.current?.show(0, 1);
    expect(values()).toEqual(['1', '10']);
    expect(screen.getAllByRole('button').map((row) => row.hasAttribute('data-focused'))).toEqual([false, true]);
    legend.current?.show(1, null);
    expect(values()).toEqual(['2', '–']);
    legend.current?.show(null, null);
    expect(values()).toEqual(['2', '30']);
  });

  it('tells a click from one with the control key', async () => {
    const { onToggle } = show(new Set([1]));
    const [a, b] = screen.getAllByRole('button');
    expect(b?.getAttribute('aria-pressed')).toBe('false');
    const user = userEvent.setup();
    if (a) await user.click(a);
    await user.keyboard('{Control>}');
    if (b) await user.click(b);
    expect(onToggle.mock.calls).toEqual([[0, false], [1, true]]);
  });
});
