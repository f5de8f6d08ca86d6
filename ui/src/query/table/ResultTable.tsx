import { Capped } from '../../components/Capped';
import { CopyButton } from '../../components/CopyButton';
import { formatSeries } from '../../format/series';
import { SeriesName } from '../SeriesName';
import classes from './ResultTable.module.css';
import { RowValue } from './RowValue';
import type { Row } from './rows';

export function ResultTable({ rows }: { rows: readonly Row[] }) {
  return (
    <Capped items={rows} step={500} noun="series">
      {(shown) => (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Series</th>
              <th scope="col">Value</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row, i) => (
              <ResultRow key={i} row={row} />
            ))}
          </tbody>
        </table>
      )}
    </Capped>
  );
}

function ResultRow({ row }: { row: Row }) {
  const { labels } = row;
  return (
    <tr>
      <td>
        <div className={classes.series}>
          {labels === null ? <span className={classes.scalar}>scalar</span> : <SeriesName labels={labels} />}
          {labels !== null && (
            <span className={classes.copy}>
              <CopyButton text={formatSeries(labels)} label="Copy the label set" />
            </span>
          )}
        </div>
      </td>
      <td className={classes.value}>
        <RowValue row={row} />
      </td>
    </tr>
  );
}
