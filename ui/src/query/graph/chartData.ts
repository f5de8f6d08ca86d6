import type { AlignedData } from 'uplot';
import type { MatrixElement } from '../../api/types';
import { parseSampleValue } from '../../format/value';

/** The grid a range query was evaluated on, in seconds. */
export interface Window {
  start: number;
  end: number;
  step: number;
}

/** All series over one time axis. What cannot be drawn (no sample, NaN, ±Inf) is null and makes a gap. */
export type Columns = (number | null)[][];

export interface ChartData {
  times: number[];
  columns: Columns;
}

/** Places samples on the grid by their time. Native histograms are drawn by their sum. */
export function chartData(result: readonly MatrixElement[], { start, end, step }: Window): ChartData {
  // The last point may miss the end by a rounding error.
  const length = Math.floor((end - start) / step + 1e-6) + 1;
  const times = Array.from({ length }, (_, i) => start + i * step);
  const columns = result.map(({ values = [], histograms = [] }) => {
    const column = new Array<number | null>(length).fill(null);
    const place = (time: number, value: number) => {
      const i = Math.round((time - start) / step);
      if (i >= 0 && i < length && Number.isFinite(value)) column[i] = value;
    };
    for (const [time, value] of values) place(time, parseSampleValue(value));
    for (const [time, { sum }] of histograms) place(time, parseSampleValue(sum));
    return column;
  });
  return { times, columns };
}

/** Adds each visible column on top of the ones before it; a gap adds nothing and stays a gap. */
export function stackColumns(columns: Columns, isVisible: (index: number) => boolean): Columns {
  const totals = new Array<number>(columns[0]?.length ?? 0).fill(0);
  return columns.map((column, index) => {
    if (!isVisible(index)) return column;
    return column.map((value, i) => {
      if (value === null) return null;
      const total = (totals[i] ?? 0) + value;
      totals[i] = total;
      return total;
    });
  });
}

/** For each visible column the next visible one above it, as pairs of chart series (counted from 1). */
export function stackBands(count: number, isVisible: (index: number) => boolean): [upper: number, lower: number][] {
  const visible = Array.from({ length: count }, (_, i) => i).filter(isVisible);
  return visible.slice(1).map((upper, i) => [upper + 1, (visible[i] ?? 0) + 1]);
}

/** Indexes of samples with a gap on both sides: a line does not show them, so they need a dot. */
export function lonelyPoints(column: readonly (number | null | undefined)[], from: number, to: number): number[] {
  const found: number[] = [];
  for (let i = from; i <= to; i++) {
    if (column[i] != null && column[i - 1] == null && column[i + 1] == null) found.push(i);
  }
  return found;
}

export function alignedData(times: number[], columns: Columns): AlignedData {
  return [times, ...columns];
}

/** The newest sample of a column. */
export function lastValue(column: readonly (number | null)[]): number | null {
  return column.findLast((value) => value !== null) ?? null;
}
