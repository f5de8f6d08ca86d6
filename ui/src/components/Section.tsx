import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon';
import classes from './Section.module.css';

interface Props {
  title: string;
  icon?: IconName;
  action?: ReactNode;
  children: ReactNode;
}

/** A titled card. */
export function Section({ title, icon, action, children }: Props) {
  return (
    <section className={classes.section}>
      <header className={classes.head}>
        {icon && <Icon name={icon} size={18} />}
        <h2>{title}</h2>
        {action}
      </header>
      <div className={classes.body}>{children}</div>
    </section>
  );
}
