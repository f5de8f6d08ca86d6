import { useComputedColorScheme } from '@mantine/core';
import { useCallback, useMemo, useRef, useState } from 'react';
import type uPlot from 'uplot';
import type { MatrixElement } from '../../api/types';
import { useSettings } from '../../app/settings';
import { Chart } from './Chart';
import { type Window, chartData } from './chartData';
import { seriesColor } from './colors';
import classes from './Graph.module.css';
import { Legend, type LegendHandle } from './Legend';
import { toggleHidden } from './legendValue';
import { fillTooltip, placeTooltip } from './tooltip';

interface Props {
  result: readonly MatrixElement[];
  window: Window;
  stacked: boolean;
  yAxisMin: number | null;
  onSelectRange: (start: number, end: number) => void;
}

const height = 460;

/** Chart, tooltip and legend of one answer. */
export function Graph({ result, window, stacked, yAxisMin, onSelectRange }: Props) {
  const isDark = useComputedColorScheme('light') === 'dark';
  const { localTime } = useSettings();
  const data = useMemo(() => chartData(result, window), [result, window]);
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set());
  const [focused, setFocused] = useState<number | null>(null);
  const legend = useRef<LegendHandle>(null);
  const tooltip = useRef<HTMLDivElement>(null);
  const series = useMemo(() => result.map(({ metric }) => metric), [result]);

  const onHover = useCallback(
    (point: number | null, nearest: number | null, chart: uPlot) => {
      legend.current?.show(point, nearest);
      const box = tooltip.current;
      if (box === null) return;
      const value = point === null || nearest === null ? null : data.columns[nearest]?.[point];
      const labels = series[nearest ?? -1];
      box.hidden = value == null || labels === undefined || nearest === null || point === null;
      if (value == null || labels === undefined || nearest === null || point === null) return;
      fillTooltip(box, { labels, color: seriesColor(nearest, isDark), timeSeconds: data.times[point] ?? 0, value, localTime });
      placeTooltip(box, chart);
    },
    [data, series, isDark, localTime],
  );

  return (
    <div>
      <div className={classes.frame}>
        <Chart
          data={data}
          look={{ height, isDark, localTime, stacked, yAxisMin }}
          hidden={hidden}
          focused={focused}
          onHover={onHover}
          onSelectRange={onSelectRange}
        />
        <div ref={tooltip} className={classes.tooltip} hidden />
      </div>
      <Legend
        ref={legend}
        series={series}
        columns={data.columns}
        hidden={hidden}
        isDark={isDark}
        onFocus={setFocused}
        onToggle={(index, additive) => setHidden(toggleHidden(hidden, series.length, index, additive))}
      />
    </div>
  );
}
