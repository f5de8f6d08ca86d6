import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { renderPage } from '../../test/render';
import { type Panel, defaultPanel } from '../panel';
import { GraphControls } from './GraphControls';

function show(panel: Partial<Panel> = {}) {
  const onChange = vi.fn();
  renderPage(<GraphControls panel={{ ...defaultPanel, ...panel }} onChange={onChange} />);
  return onChange;
}

describe('GraphControls', () => {
  it('changes the range by steps and by typing', async () => {
    const onChange = show();
    await userEvent.click(screen.getByLabelText('Longer range'));
    expect(onChange).toHaveBeenLastCalledWith({ rangeMillis: 7_200_000 });
    const range = screen.getByLabelText('Range');
    await userEvent.clear(range);
    await userEvent.type(range, '90m{Enter}');
    expect(onChange).toHaveBeenLastCalledWith({ rangeMillis: 5_400_000 });
  });

  it('switches between lines and stacked areas', async () => {
    const onChange = show();
    await userEvent.click(screen.getByLabelText('Stacked'));
    expect(onChange).toHaveBeenCalledWith({ displayMode: 'stacked' });
  });

  it('offers the step where it is an own one', async () => {
    const onChange = show({ resolution: { type: 'custom', stepMillis: 15_000 } });
    const step = screen.getByLabelText('Step');
    await userEvent.clear(step);
    await userEvent.type(step, '1m{Enter}');
    expect(onChange).toHaveBeenLastCalledWith({ resolution: { type: 'custom', stepMillis: 60_000 } });
  });

  it('fixes the bottom of the Y axis', async () => {
    const onChange = show();
    await userEvent.click(screen.getByLabelText('Y axis from 0'));
    expect(onChange).toHaveBeenCalledWith({ yAxisMin: 0 });
  });
});
