import { Table } from '@mantine/core';
import type { Target } from '../api/types';
import { useNow } from '../components/useNow';
import { TargetRow } from './TargetRow';
import classes from './TargetTable.module.css';

export function TargetTable({ targets }: { targets: readonly Target[] }) {
  const now = useNow(1000);
  return (
    <Table className={classes.table} verticalSpacing="xs" horizontalSpacing="md">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Endpoint</Table.Th>
          <Table.Th>Labels</Table.Th>
          <Table.Th>Last scrape</Table.Th>
          <Table.Th>State</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {targets.map((target) => (
          <TargetRow key={`${target.scrapeUrl} ${JSON.stringify(target.labels)}`} target={target} now={now} />
        ))}
      </Table.Tbody>
    </Table>
  );
}
