import { type LabelSet, labelName, labelPairs } from '../format/series';
import classes from './SeriesName.module.css';

/** A label set in selector form, name and labels told apart by colour. */
export function SeriesName({ labels }: { labels: LabelSet }) {
  const pairs = labelPairs(labels);
  const name = labels['__name__'] ?? '';
  return (
    <span className={classes.series}>
      <b>{name}</b>
      {(pairs.length > 0 || name === '') && '{'}
      {pairs.map(([label, value], i) => (
        <span key={label}>
          {i > 0 && ', '}
          <span className={classes.label}>{labelName(label)}</span>=<span className={classes.value}>"{value}"</span>
        </span>
      ))}
      {(pairs.length > 0 || name === '') && '}'}
    </span>
  );
}
