import classes from './StateBadge.module.css';

export type BadgeState = 'good' | 'bad' | 'warn' | 'neutral';

/** A state in a word; the colour only repeats what the word says. */
export function StateBadge({ state, children }: { state: BadgeState; children: string }) {
  return (
    <span className={classes.badge} data-state={state}>
      {children}
    </span>
  );
}
