import uPlot from 'uplot';
import { axes } from './axes';
import { type ChartData, lonelyPoints, stackBands } from './chartData';
import { fillOf, seriesColor } from './colors';

export interface ChartLook {
  width: number;
  height: number;
  isDark: boolean;
  localTime: boolean;
  stacked: boolean;
  yAxisMin: number | null;
  isVisible: (index: number) => boolean;
}

export interface ChartEvents {
  /** Index of the point and of the series nearest to the pointer; null when it has left. */
  onHover: (point: number | null, series: number | null, chart: uPlot) => void;
  onSelectRange: (start: number, end: number) => void;
}

// With more series only the nearest gets a mark under the pointer: each mark is an element that moves.
const maxMarkedSeries = 30;

// Dragging less than this is a click.
const minDragPixels = 4;

function seriesOptions(index: number, { isDark, stacked, isVisible }: ChartLook): uPlot.Series {
  const color = seriesColor(index, isDark);
  return {
    show: isVisible(index),
    stroke: color,
    width: 1.5,
    ...(stacked && { fill: fillOf(color) }),
    points: {
      size: 5,
      fill: color,
      show: false,
      filter: (chart, seriesIndex) => {
        const [from, to] = chart.series[seriesIndex]?.idxs ?? [0, -1];
        return lonelyPoints((chart.data[seriesIndex] ?? []) as (number | null)[], from, to);
      },
    },
  };
}

function hooks({ onHover, onSelectRange }: ChartEvents): uPlot.Hooks.Arrays {
  let nearest: number | null = null;
  const hover = (chart: uPlot) => {
    const { idx, left = -1 } = chart.cursor;
    onHover(left < 0 ? null : (idx ?? null), nearest, chart);
  };
  return {
    setSeries: [
      (chart, seriesIndex) => {
        nearest = seriesIndex === null || seriesIndex === 0 ? null : seriesIndex - 1;
        hover(chart);
      },
    ],
    setCursor: [hover],
    setSelect: [
      (chart) => {
        const { left, width } = chart.select;
        if (width < minDragPixels) return;
        const start = chart.posToVal(left, 'x');
        // Less than a second cannot be shown.
        onSelectRange(start, Math.max(chart.posToVal(left + width, 'x'), start + 1));
        chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
      },
    ],
  };
}

/** Bounds of the Y axis. Areas only compare where they stand on zero; without any value there is still an axis. */
export function valueRange(min: number | null, max: number | null, stacked: boolean, yAxisMin: number | null): uPlot.Range.MinMax {
  if (min === null || max === null) return [yAxisMin ?? 0, (yAxisMin ?? 0) + 1];
  const low = yAxisMin ?? (stacked ? Math.min(0, min) : min);
  const high = stacked ? Math.max(0, max) : Math.max(low, max);
  const [from, to] = uPlot.rangeNum(low, high, 0.1, true);
  return [yAxisMin ?? (stacked && min >= 0 ? 0 : from), to];
}

export function chartOptions({ times, columns }: ChartData, look: ChartLook, events: ChartEvents): uPlot.Options {
  const { width, height, isDark, localTime, stacked, yAxisMin, isVisible } = look;
  const first = times[0] ?? 0;
  const last = times.at(-1) ?? first + 1;
  return {
    width,
    height,
    ...(!localTime && { tzDate: (seconds: number) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC') }),
    legend: { show: false },
    focus: { alpha: 1 },
    cursor: {
      // However far: the tooltip always has a series to tell of.
      focus: { prox: 10_000 },
      // New data is read for the chosen range: the old points would only be stretched.
      drag: { x: true, y: false, setScale: false },
      points: { size: 7, one: columns.length > maxMarkedSeries },
    },
    scales: { x: { range: () => [first, last > first ? last : first + 1] }, y: { range: (_, min, max) => valueRange(min, max, stacked, yAxisMin) } },
    axes: axes(isDark),
    series: [{}, ...columns.map((_, i) => seriesOptions(i, look))],
    ...(stacked && { bands: stackBands(columns.length, isVisible).map((series) => ({ series })) }),
    hooks: hooks(events),
  };
}
