import { Notice } from '../../components/Notice';
import panelClasses from '../QueryPanel.module.css';
import classes from './Explain.module.css';
import { type Hint, textAt } from './explanation';

interface Props {
  query: string;
  hints: readonly Hint[];
}

export function HintList({ query, hints }: Props) {
  return (
    <div className={panelClasses.notices}>
      {hints.map(({ kind, text, position, at }) => (
        <Notice key={`${kind} ${at} ${text}`} kind="warning" title={`Hint: ${kind.replaceAll('-', ' ')}`}>
          <code className={classes.place}>{textAt(query, position)}</code> ({at}): {text}
        </Notice>
      ))}
    </div>
  );
}
