import { useSettings } from '../../app/settings';
import { formatTimestamp } from '../../format/time';
import { HistogramValue } from './HistogramValue';
import classes from './ResultTable.module.css';
import type { RangeSample, Row } from './rows';

export function RowValue({ row }: { row: Row }) {
  switch (row.kind) {
    case 'value':
      return row.value;
    case 'histogram':
      return <HistogramValue histogram={row.histogram} />;
    case 'samples':
      return <Samples samples={row.samples} />;
  }
}

/** All samples of a range vector with their times. */
function Samples({ samples }: { samples: readonly RangeSample[] }) {
  const { localTime } = useSettings();
  return (
    <div className={classes.samples}>
      {samples.map(({ timeMillis, value }) => (
        <div key={timeMillis}>
          {value} <span className={classes.time}>@ {formatTimestamp(timeMillis, localTime)}</span>
        </div>
      ))}
    </div>
  );
}
