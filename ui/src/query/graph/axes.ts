import uPlot from 'uplot';
import { formatTicks } from '../../format/value';

const hour = 3600;
const day = 24 * hour;

// One row per tick distance from which it holds: format, then what is added where the year, month, day, hour, minute
// or second changes. 24 hours, months by name: nobody has to guess.
const timeFormats: uPlot.Axis.Values = [
  [365 * day, '{YYYY}', null, null, null, null, null, null, 1],
  [28 * day, '{MMM}', '\n{YYYY}', null, null, null, null, null, 1],
  [day, '{MMM} {D}', '\n{YYYY}', null, null, null, null, null, 1],
  [60, '{HH}:{mm}', "\n{MMM} {D} '{YY}", null, '\n{MMM} {D}', null, null, null, 1],
  [1, '{HH}:{mm}:{ss}', "\n{MMM} {D} '{YY}", null, '\n{MMM} {D}', null, null, null, 1],
  [0.001, '{HH}:{mm}:{ss}.{fff}', "\n{MMM} {D} '{YY}", null, '\n{MMM} {D}', null, null, null, 1],
];

const tickSize = 6;
const labelGap = 5;

/** Makes the axis as wide as its longest label. uPlot asks again until two answers agree, so labels decide alone. */
const widthOfLabels: uPlot.Axis.Size = (chart, labels) => {
  chart.ctx.font = `${12 * devicePixelRatio}px system-ui, sans-serif`;
  const widths = ((labels as string[] | null) ?? []).map((label) => chart.ctx.measureText(label).width);
  return Math.ceil(Math.max(20, ...widths) / devicePixelRatio) + tickSize + labelGap + 4;
};

export function axes(isDark: boolean): uPlot.Axis[] {
  const line = isDark ? 'rgb(255 255 255 / 9%)' : 'rgb(0 0 0 / 8%)';
  const common: uPlot.Axis = {
    stroke: isDark ? '#aab4bf' : '#4a545f',
    font: '12px system-ui, sans-serif',
    grid: { stroke: line, width: 1 },
    ticks: { stroke: line, width: 1, size: tickSize },
    gap: labelGap,
  };
  return [
    { ...common, space: 80, values: timeFormats },
    { ...common, values: (_, splits) => formatTicks(splits), size: widthOfLabels },
  ];
}
