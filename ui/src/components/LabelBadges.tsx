import { type LabelSet, labelName } from '../format/series';
import classes from './LabelBadges.module.css';

interface Props {
  labels: LabelSet;
  hidden?: readonly string[];
}

export function LabelBadges({ labels, hidden = [] }: Props) {
  const shown = Object.entries(labels).filter(([name]) => !hidden.includes(name));
  return (
    <div className={classes.labels}>
      {shown.map(([name, value]) => (
        <span key={name} className={classes.label}>
          {labelName(name)}="<b>{value}</b>"
        </span>
      ))}
    </div>
  );
}
