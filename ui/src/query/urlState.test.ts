import { describe, expect, it } from 'vitest';
import { type Panel, defaultPanel } from './panel';
import { decodePanels, encodePanels } from './urlState';

function decode(address: string): Panel[] {
  return decodePanels(new URLSearchParams(address));
}

describe('decodePanels', () => {
  it('finds no panel in an empty address', () => expect(decode('')).toEqual([]));

  it('reads what Prometheus 3 writes', () => {
    const address =
      'g0.expr=rate%28http_requests_total%5B5m%5D%29&g0.show_tree=0&g0.tab=graph&g0.end_input=2026-11-21+08%3A00%3A00' +
      '&g0.moment_input=2026-11-21+08%3A00%3A00&g0.range_input=6h&g0.res_type=fixed&g0.res_step=60' +
      '&g0.display_mode=stacked&g0.y_axis_min=0&g0.show_exemplars=0';
    expect(decode(address)).toEqual([
      {
        expr: 'rate(http_requests_total[5m])',
        tab: 'graph',
        rangeMillis: 21_600_000,
        endMillis: Date.UTC(2026, 10, 21, 8),
        resolution: { type: 'fixed', stepMillis: 60_000 },
        displayMode: 'stacked',
        yAxisMin: 0,
      },
    ]);
  });

  it('reads what the first UI and old dashboards wrote', () => {
    expect(decode('g0.expr=up&g0.tab=0&g0.stacked=1&g0.range_input=30m&g0.step_input=15')).toEqual([
      { ...defaultPanel, expr: 'up', tab: 'graph', displayMode: 'stacked', rangeMillis: 1_800_000, resolution: { type: 'custom', stepMillis: 15_000 } },
    ]);
    expect(decode('g0.expr=up&g0.tab=1')).toEqual([{ ...defaultPanel, expr: 'up' }]);
  });

  it('prefers res_type to step_input', () =>
    expect(decode('g0.expr=up&g0.step_input=15&g0.res_type=auto&g0.res_density=high')[0]?.resolution).toEqual({ type: 'auto', density: 'high' }));

  it('reads several panels up to the first gap', () =>
    expect(decode('g1.expr=b&g0.expr=a&g3.expr=d').map((panel) => panel.expr)).toEqual(['a', 'b']));

  it('keeps the default where a setting is nonsense', () =>
    expect(decode('g0.expr=up&g0.tab=x&g0.range_input=x&g0.end_input=x&g0.res_type=fixed&g0.res_step=-1&g0.y_axis_min=x')).toEqual([
      { ...defaultPanel, expr: 'up' },
    ]));
});

describe('encodePanels', () => {
  const resolutions: Panel['resolution'][] = [
    { type: 'auto', density: 'low' },
    { type: 'fixed', stepMillis: 30_000 },
    { type: 'custom', stepMillis: 1500 },
  ];
  it('is read back unchanged', () => {
    const panels = resolutions.map(
      (resolution, i): Panel => ({
        expr: `sum by (a) (rate(x{b="ü&=#"}[${i + 1}m]))\n/ 2`,
        tab: i === 0 ? 'table' : 'graph',
        rangeMillis: 60_000 * (i + 1),
        endMillis: i === 1 ? null : Date.UTC(2026, 0, 1, i),
        resolution,
        displayMode: i === 2 ? 'stacked' : 'lines',
        yAxisMin: i === 2 ? -1.5 : null,
      }),
    );
    expect(decode(encodePanels(panels).toString())).toEqual(panels);
  });
});
