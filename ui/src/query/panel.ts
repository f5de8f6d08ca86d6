export type Tab = 'table' | 'graph' | 'explain';
export type DisplayMode = 'lines' | 'stacked';
export type Density = 'low' | 'medium' | 'high';
export type Resolution = { type: 'auto'; density: Density } | { type: 'fixed' | 'custom'; stepMillis: number };

/** One query and how its answer is looked at. Everything here stands in the page's address. */
export interface Panel {
  expr: string;
  tab: Tab;
  rangeMillis: number;
  /** Null follows the clock. */
  endMillis: number | null;
  resolution: Resolution;
  displayMode: DisplayMode;
  /** Where the Y axis starts; null fits it to the data. */
  yAxisMin: number | null;
}

export const defaultPanel: Panel = {
  expr: '',
  tab: 'table',
  rangeMillis: 3_600_000,
  endMillis: null,
  resolution: { type: 'auto', density: 'medium' },
  displayMode: 'lines',
  yAxisMin: null,
};

const stepsPerRange: Record<Density, number> = { low: 100, medium: 250, high: 750 };

/** Distance between two points of the graph: whole seconds, at least one, where it is chosen automatically. */
export function stepMillisOf({ resolution, rangeMillis }: Pick<Panel, 'resolution' | 'rangeMillis'>): number {
  if (resolution.type !== 'auto') return resolution.stepMillis;
  return Math.max(Math.floor(rangeMillis / stepsPerRange[resolution.density] / 1000) * 1000, 1000);
}
