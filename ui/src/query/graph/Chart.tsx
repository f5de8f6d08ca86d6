import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { type ChartData, alignedData, stackColumns } from './chartData';
import { type ChartEvents, type ChartLook, chartOptions } from './chartOptions';
import classes from './Graph.module.css';

interface Props extends ChartEvents {
  data: ChartData;
  look: Omit<ChartLook, 'width' | 'isVisible'>;
  hidden: ReadonlySet<number>;
  /** Series to bring to the front, chosen outside the chart. */
  focused: number | null;
}

/** The canvas. It is drawn anew for new data or another look; the width follows the page. */
export function Chart({ data, look, hidden, focused, onHover, onSelectRange }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(null);
  const events = useRef<ChartEvents>({ onHover, onSelectRange });
  useEffect(() => {
    events.current = { onHover, onSelectRange };
  });
  const { height, isDark, localTime, stacked, yAxisMin } = look;

  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const isVisible = (index: number) => !hidden.has(index);
    const columns = stacked ? stackColumns(data.columns, isVisible) : data.columns;
    const width = Math.max(element.clientWidth, 200);
    const options = chartOptions(data, { width, height, isDark, localTime, stacked, yAxisMin, isVisible }, {
      onHover: (...where) => events.current.onHover(...where),
      onSelectRange: (...range) => events.current.onSelectRange(...range),
    });
    const drawn = new uPlot(options, alignedData(data.times, columns), element);
    chart.current = drawn;
    const observer = new ResizeObserver(() => drawn.setSize({ width: Math.max(element.clientWidth, 200), height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      chart.current = null;
      drawn.destroy();
    };
  }, [data, hidden, height, isDark, localTime, stacked, yAxisMin]);

  useEffect(() => {
    if (chart.current !== null) emphasize(chart.current, focused);
  }, [focused]);

  return <div ref={host} className={classes.chart} data-testid="chart" />;
}

const dimmed = 0.2;

/** Fades all series but one. The pointer over the chart also chooses a nearest series, which must not fade the rest. */
function emphasize(chart: uPlot, series: number | null): void {
  const focus = (chart as unknown as { focus: { alpha: number } }).focus;
  focus.alpha = dimmed;
  chart.setSeries(series === null ? null : series + 1, { focus: true }, false);
  focus.alpha = 1;
}
