import type { Bucket, NativeHistogram } from '../../api/types';
import { parseSampleValue } from '../../format/value';
import classes from './ResultTable.module.css';
import { histogramText } from './rows';

const openings = ['(', '[', '(', '['];
const closings = [']', ')', ')', ']'];

function boundsOf([rule, lower, upper]: Bucket): string {
  return `${openings[rule] ?? '('}${lower}, ${upper}${closings[rule] ?? ']'}`;
}

/** A native histogram: its sums in a line, its buckets on demand. */
export function HistogramValue({ histogram }: { histogram: NativeHistogram }) {
  const { buckets = [] } = histogram;
  const largest = Math.max(...buckets.map(([, , , count]) => parseSampleValue(count)), Number.MIN_VALUE);
  if (buckets.length === 0) return histogramText(histogram);
  return (
    <details>
      <summary>
        {histogramText(histogram)}, {buckets.length} buckets
      </summary>
      <table className={classes.buckets}>
        <tbody>
          {buckets.map((bucket) => (
            <tr key={bucket[1]}>
              <td>{boundsOf(bucket)}</td>
              <td>{bucket[3]}</td>
              <td className={classes.bucketBar}>
                <span style={{ width: `${(100 * parseSampleValue(bucket[3])) / largest}%` }} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
