import { screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { renderPage } from '../test/render';
import { Readiness } from './Readiness';

function answerReady(status: number, replay: unknown): void {
  vi.stubGlobal('fetch', (address: string) =>
    Promise.resolve(
      address.endsWith('/-/ready')
        ? new Response('', { status })
        : new Response(JSON.stringify(replay), { headers: { 'content-type': 'application/json' } }),
    ),
  );
}

describe('Readiness', () => {
  it('shows how far the replay of the log is', async () => {
    answerReady(503, { status: 'success', data: { min: 10, max: 20, current: 15 } });
    renderPage(<Readiness>page</Readiness>);
    expect(await screen.findByText(/segment 15 of 20/)).toBeDefined();
    expect(screen.queryByText('page')).toBeNull();
    expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('50');
  });

  it('shows the page of a server that is ready', async () => {
    answerReady(200, {});
    renderPage(<Readiness>page</Readiness>);
    expect(await screen.findByText('page')).toBeDefined();
  });
});
