import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { renderPage } from '../test/render';
import { TimeInput } from './TimeInput';

const noon = Date.UTC(2026, 10, 21, 12);

function show(millis: number | null) {
  const onChange = vi.fn();
  renderPage(<TimeInput label="End time" millis={millis} stepMillis={1800_000} onChange={onChange} />);
  return onChange;
}

describe('TimeInput', () => {
  it('takes a typed time on Enter', async () => {
    const onChange = show(null);
    await userEvent.type(screen.getByLabelText('End time'), '2026-11-21 12:00{Enter}');
    expect(onChange).toHaveBeenCalledWith(noon);
  });

  it('does not take what is no time, and marks it', async () => {
    const onChange = show(null);
    const input = screen.getByLabelText('End time');
    await userEvent.type(input, 'yesterday{Enter}');
    expect(onChange).not.toHaveBeenCalled();
    expect(input.getAttribute('aria-invalid')).toBe('true');
  });

  it('steps by the distance given and goes back to now', async () => {
    const onChange = show(noon);
    await userEvent.click(screen.getByLabelText('End time: earlier'));
    expect(onChange).toHaveBeenLastCalledWith(noon - 1800_000);
    await userEvent.click(screen.getByLabelText('End time: now'));
    expect(onChange).toHaveBeenLastCalledWith(null);
  });
});
