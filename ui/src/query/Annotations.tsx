import { Notice } from '../components/Notice';
import classes from './QueryPanel.module.css';

interface Props {
  warnings: readonly string[];
  infos: readonly string[];
}

/** What the engine noticed while it evaluated: the result stands, but may not be what was meant. */
export function Annotations({ warnings, infos }: Props) {
  return (
    <div className={classes.notices}>
      {warnings.map((text) => (
        <Notice key={text} kind="warning" title="Warning">
          {text}
        </Notice>
      ))}
      {infos.map((text) => (
        <Notice key={text} kind="info" title="Note">
          {text}
        </Notice>
      ))}
    </div>
  );
}
