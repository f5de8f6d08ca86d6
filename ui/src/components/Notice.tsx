import type { ReactNode } from 'react';
import { Icon } from './Icon';
import classes from './Notice.module.css';

interface Props {
  kind: 'info' | 'warning' | 'error';
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}

/** A message in the page. Errors are announced at once, the rest when the reader pauses. */
export function Notice({ kind, title, children, action }: Props) {
  return (
    <div className={classes.notice} data-kind={kind} role={kind === 'error' ? 'alert' : 'status'}>
      <Icon name={kind === 'info' ? 'info' : 'alert'} size={18} />
      <div className={classes.body}>
        <strong>{title}</strong>
        {children !== undefined && <div className={classes.text}>{children}</div>}
      </div>
      {action}
    </div>
  );
}
