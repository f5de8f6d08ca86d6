import { formatCount } from '../format/value';
import classes from './PoolHead.module.css';
import type { Pool } from './pools';

/** Name of the pool, how many of its targets are up, and the share as a bar. */
export function PoolHead({ pool: { name, counts } }: { pool: Pool }) {
  const total = counts.up + counts.down + counts.unknown;
  const state = counts.down > 0 ? 'down' : counts.unknown > 0 ? 'unknown' : 'up';
  const share = (count: number) => ({ width: `${(100 * count) / total}%` });
  return (
    <>
      <strong className={classes.name}>{name}</strong>
      <span className={classes.counts} data-state={state}>
        {formatCount(counts.up)} / {formatCount(total)} up
      </span>
      <span className={classes.bar} aria-hidden="true">
        <span data-state="up" style={share(counts.up)} />
        <span data-state="down" style={share(counts.down)} />
      </span>
    </>
  );
}
