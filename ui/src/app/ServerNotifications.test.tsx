import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { renderPage } from '../test/render';
import { serve, success } from '../test/server';
import { ServerNotifications } from './ServerNotifications';

describe('ServerNotifications', () => {
  it('shows what is active', async () => {
    serve({
      '/notifications': success([
        { text: 'Configuration reload has failed.', date: '2026-11-21T08:00:00Z', active: true },
        { text: 'over', date: '2026-11-21T07:00:00Z', active: false },
      ]),
    });
    renderPage(<ServerNotifications />);
    await userEvent.click(await screen.findByLabelText('1 message of the server'));
    expect(screen.getByText('Configuration reload has failed.')).toBeDefined();
    expect(screen.getByText('since 2026-11-21 08:00:00 UTC')).toBeDefined();
    expect(screen.queryByText('over')).toBeNull();
  });
});
