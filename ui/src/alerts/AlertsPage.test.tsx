import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { renderPage } from '../test/render';
import { serve, success } from '../test/server';
import AlertsPage from './AlertsPage';

function rule(name: string, state: string, alerts: unknown[] = []) {
  return { type: 'alerting', name, query: `${name} > 0`, state, duration: 60, keepFiringFor: 0, alerts, health: 'ok', evaluationTime: 0, lastEvaluation: '' };
}

const firing = { labels: { alertname: 'B', instance: 'h1' }, annotations: {}, state: 'firing', activeAt: '2026-11-21T08:00:00Z', value: '1e+00' };

describe('AlertsPage', () => {
  it('has what fires first and shows its alerts on demand', async () => {
    serve({ '/rules': success({ groups: [{ name: 'g', file: 'f', rules: [rule('A', 'inactive'), rule('B', 'firing', [firing])] }] }) });
    renderPage(<AlertsPage />, '/alerts');
    await screen.findByText('1 active');
    const heads = screen.getAllByRole('button', { expanded: false });
    expect(heads.map(({ textContent }) => textContent.charAt(0))).toEqual(['B', 'A']);
    if (heads[0]) await userEvent.click(heads[0]);
    expect(screen.getByText('2026-11-21 08:00:00 UTC')).toBeDefined();
    expect(screen.getByRole('link', { name: 'B > 0' }).getAttribute('href')).toBe('/query?g0.expr=B+%3E+0&g0.tab=table');
  });

  it('says what to do where there are no rules', async () => {
    serve({ '/rules': success({ groups: [] }) });
    renderPage(<AlertsPage />, '/alerts');
    expect(await screen.findByText('There are no alerting rules')).toBeDefined();
  });
});
