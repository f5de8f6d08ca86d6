import { formatDuration, humanizeDuration } from '../format/duration';
import { formatCount } from '../format/value';
import classes from './QueryPanel.module.css';

export interface Stats {
  elapsedMillis: number;
  series: number;
  stepMillis?: number;
  samples?: number;
}

export function QueryStats({ stats }: { stats: Stats }) {
  const { elapsedMillis, series, stepMillis, samples } = stats;
  return (
    <div className={classes.stats} data-testid="stats">
      <b>{humanizeDuration(elapsedMillis < 100 ? elapsedMillis : Math.round(elapsedMillis))}</b>
      {stepMillis !== undefined && (
        <>
          {' · step '}
          <b>{formatDuration(stepMillis)}</b>
        </>
      )}
      {' · '}
      <b>{formatCount(series)}</b> series
      {samples !== undefined && (
        <>
          {' · '}
          <b>{formatCount(samples)}</b> {samples === 1 ? 'sample' : 'samples'}
        </>
      )}
    </div>
  );
}
