import { formatDuration, parseDuration } from '../format/duration';
import { formatTime, parseTime } from '../format/time';
import { type Density, type Panel, type Resolution, type Tab, defaultPanel } from './panel';

const densities: readonly string[] = ['low', 'medium', 'high'] satisfies Density[];

type Read = (setting: string) => string | null;

function secondsToMillis(text: string | null): number | null {
  const seconds = Number.parseFloat(text ?? '');
  return seconds > 0 && Number.isFinite(seconds) ? seconds * 1000 : null;
}

/** `res_type` and its companions win over `step_input`, which the first UI wrote. */
function readResolution(read: Read): Resolution {
  const type = read('res_type');
  const density = read('res_density') ?? '';
  if (type === 'auto' && densities.includes(density)) return { type, density: density as Density };
  const step = secondsToMillis(read('res_step'));
  if ((type === 'fixed' || type === 'custom') && step !== null) return { type, stepMillis: step };
  const legacy = secondsToMillis(read('step_input'));
  return legacy === null ? defaultPanel.resolution : { type: 'custom', stepMillis: legacy };
}

/** The first UI numbered its tabs. */
function readTab(tab: string | null): Tab {
  if (tab === '0' || tab === 'graph') return 'graph';
  return tab === 'explain' ? 'explain' : 'table';
}

function readPanel(read: Read): Panel {
  const range = parseDuration(read('range_input') ?? '');
  const end = read('moment_input') ?? read('end_input');
  const yAxisMin = Number.parseFloat(read('y_axis_min') ?? '');
  return {
    expr: read('expr') ?? '',
    tab: readTab(read('tab')),
    rangeMillis: range === null || range === 0 ? defaultPanel.rangeMillis : range,
    endMillis: end === null ? null : parseTime(end),
    resolution: readResolution(read),
    displayMode: read('display_mode') === 'stacked' || read('stacked') === '1' ? 'stacked' : 'lines',
    yAxisMin: Number.isNaN(yAxisMin) ? null : yAxisMin,
  };
}

/** Panels of an address as Prometheus writes it: `g0.expr=…&g0.tab=…&g1.expr=…`, up to the first gap. */
export function decodePanels(params: URLSearchParams): Panel[] {
  const panels: Panel[] = [];
  for (let i = 0; params.has(`g${i}.expr`); i++) {
    panels.push(readPanel((setting) => params.get(`g${i}.${setting}`)));
  }
  return panels;
}

function resolutionParams(resolution: Resolution): [string, string][] {
  return resolution.type === 'auto'
    ? [['res_type', 'auto'], ['res_density', resolution.density]]
    : [['res_type', resolution.type], ['res_step', String(resolution.stepMillis / 1000)]];
}

function panelParams(panel: Panel): [string, string][] {
  const end = panel.endMillis === null ? null : formatTime(panel.endMillis);
  return [
    ['expr', panel.expr],
    ['show_tree', '0'],
    ['tab', panel.tab],
    ...(end === null ? [] : ([['end_input', end], ['moment_input', end]] as [string, string][])),
    ['range_input', formatDuration(panel.rangeMillis)],
    ...resolutionParams(panel.resolution),
    ['display_mode', panel.displayMode],
    ...(panel.yAxisMin === null ? [] : ([['y_axis_min', String(panel.yAxisMin)]] as [string, string][])),
    ['show_exemplars', '0'],
  ];
}

export function encodePanels(panels: readonly Panel[]): URLSearchParams {
  return new URLSearchParams(
    panels.flatMap((panel, i) => panelParams(panel).map(([setting, value]) => [`g${i}.${setting}`, value])),
  );
}
