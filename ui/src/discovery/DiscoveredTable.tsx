import { Table } from '@mantine/core';
import { LabelBadges } from '../components/LabelBadges';
import { StateBadge } from '../components/StateBadge';
import type { Discovered } from './pools';

export function DiscoveredTable({ targets }: { targets: readonly Discovered[] }) {
  return (
    <Table verticalSpacing="xs" horizontalSpacing="md" miw={560} layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Discovered labels</Table.Th>
          <Table.Th>Target labels</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {targets.map(({ discoveredLabels, labels }, i) => (
          <Table.Tr key={i} style={{ verticalAlign: 'top' }}>
            <Table.Td>
              <LabelBadges labels={discoveredLabels} />
            </Table.Td>
            <Table.Td>{labels === null ? <StateBadge state="neutral">dropped by relabeling</StateBadge> : <LabelBadges labels={labels} />}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
