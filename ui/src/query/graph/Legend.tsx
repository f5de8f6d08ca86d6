import { type Ref, useImperativeHandle, useRef } from 'react';
import { Capped } from '../../components/Capped';
import type { LabelSet } from '../../format/series';
import { SeriesName } from '../SeriesName';
import { lastValue } from './chartData';
import { seriesColor } from './colors';
import classes from './Graph.module.css';
import { formatLegendValue } from './legendValue';

export interface LegendHandle {
  /** Shows each series' value at a point, or its last one for null; marks one series. */
  show: (point: number | null, series: number | null) => void;
}

interface Props {
  series: readonly LabelSet[];
  columns: readonly (readonly (number | null)[])[];
  hidden: ReadonlySet<number>;
  isDark: boolean;
  onFocus: (series: number | null) => void;
  /** `additive` adds or removes the one series, otherwise it is shown alone. */
  onToggle: (series: number, additive: boolean) => void;
  ref: Ref<LegendHandle>;
}

/** All series with their values at the pointer. The pointer moves too often for React: it writes the text itself. */
export function Legend({ series, columns, hidden, isDark, onFocus, onToggle, ref }: Props) {
  const rows = useRef<HTMLDivElement>(null);
  useImperativeHandle(ref, () => ({
    show(point, nearest) {
      for (const row of rows.current?.querySelectorAll<HTMLElement>('[data-series]') ?? []) {
        const index = Number(row.dataset['series']);
        const column = columns[index] ?? [];
        const value = row.lastElementChild;
        if (value) value.textContent = formatLegendValue(point === null ? lastValue(column) : (column[point] ?? null));
        row.toggleAttribute('data-focused', index === nearest);
      }
    },
  }));
  const indexes = series.map((_, i) => i);
  return (
    <div className={classes.legend} ref={rows} onMouseLeave={() => onFocus(null)} data-testid="legend">
      <div className={classes.legendHead}>
        <span>Series: click to show one alone, Ctrl+click to add or remove it</span>
        <span>Value</span>
      </div>
      <Capped items={indexes} step={100} noun="series">
        {(shown) =>
          shown.map((i) => (
            <button
              key={i}
              type="button"
              className={classes.row}
              data-series={i}
              aria-pressed={!hidden.has(i)}
              onClick={(event) => onToggle(i, event.ctrlKey || event.metaKey || event.shiftKey)}
              onMouseEnter={() => onFocus(i)}
            >
              <span className={classes.swatch} style={{ background: seriesColor(i, isDark) }} />
              <span className={classes.name}>
                <SeriesName labels={series[i] ?? {}} />
              </span>
              <span className={classes.value}>{formatLegendValue(lastValue(columns[i] ?? []))}</span>
            </button>
          ))
        }
      </Capped>
    </div>
  );
}
