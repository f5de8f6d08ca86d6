import { Button, Group, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { formatCount } from '../format/value';

interface Props<T> {
  items: readonly T[];
  /** How many are shown at first, and how many each press adds. */
  step: number;
  noun: string;
  children: (shown: readonly T[]) => ReactNode;
}

/** Draws long lists in portions, so that the page answers at once however much there is. */
export function Capped<T>({ items, step, noun, children }: Props<T>) {
  const [limit, setLimit] = useState(step);
  const hidden = items.length - limit;
  return (
    <>
      {children(hidden > 0 ? items.slice(0, limit) : items)}
      {hidden > 0 && (
        <Group justify="center" p="sm">
          <Text size="sm" c="dimmed">
            {formatCount(limit)} of {formatCount(items.length)} {noun} shown
          </Text>
          <Button size="compact-sm" variant="default" onClick={() => setLimit(limit + step)}>
            Show {formatCount(Math.min(step, hidden))} more
          </Button>
          <Button size="compact-sm" variant="subtle" onClick={() => setLimit(items.length)}>
            Show all
          </Button>
        </Group>
      )}
    </>
  );
}
