import type { ReactNode } from 'react';
import { Icon } from './Icon';
import classes from './Collapsible.module.css';

interface Props {
  title: ReactNode;
  opened: boolean;
  onToggle: (opened: boolean) => void;
  children: ReactNode;
}

/** A card that folds. What is folded away is not drawn at all. */
export function Collapsible({ title, opened, onToggle, children }: Props) {
  return (
    <section className={classes.card}>
      <button type="button" className={classes.head} aria-expanded={opened} onClick={() => onToggle(!opened)}>
        <span className={classes.chevron} data-opened={opened || undefined}>
          <Icon name="chevronRight" />
        </span>
        {title}
      </button>
      {opened && <div className={classes.body}>{children}</div>}
    </section>
  );
}
