import { Anchor, Table, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { Health, Target } from '../api/types';
import { LabelBadges } from '../components/LabelBadges';
import { Notice } from '../components/Notice';
import { type BadgeState, StateBadge } from '../components/StateBadge';
import { ScrapeTiming } from './ScrapeTiming';
import classes from './TargetTable.module.css';

const badges: Record<Health, BadgeState> = { up: 'good', down: 'bad', unknown: 'neutral' };

export function TargetRow({ target, now }: { target: Target; now: number }) {
  const [discovered, setDiscovered] = useState(false);
  return (
    <>
      <Table.Tr>
        <Table.Td className={classes.endpoint}>
          <Anchor href={target.globalUrl} inherit target="_blank" rel="noreferrer">
            {target.scrapeUrl}
          </Anchor>
        </Table.Td>
        <Table.Td>
          <LabelBadges labels={target.labels} />
          <UnstyledButton c="dimmed" fz="xs" mt={6} aria-expanded={discovered} onClick={() => setDiscovered(!discovered)}>
            {discovered ? '▾ Hide' : '▸ Show'} discovered labels
          </UnstyledButton>
          {discovered && (
            <div className={classes.discovered}>
              <p>Before relabeling:</p>
              <LabelBadges labels={target.discoveredLabels} />
            </div>
          )}
        </Table.Td>
        <Table.Td>
          <ScrapeTiming target={target} now={now} />
        </Table.Td>
        <Table.Td>
          <StateBadge state={badges[target.health]}>{target.health}</StateBadge>
        </Table.Td>
      </Table.Tr>
      {target.lastError !== '' && (
        <Table.Tr className={classes.errorRow}>
          <Table.Td colSpan={4}>
            <Notice kind="error" title="Last scrape failed">
              {target.lastError}
            </Notice>
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}
