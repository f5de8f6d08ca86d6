import { Table } from '@mantine/core';
import type { Alert } from '../api/types';
import { useSettings } from '../app/settings';
import { Capped } from '../components/Capped';
import { LabelBadges } from '../components/LabelBadges';
import { StateBadge } from '../components/StateBadge';
import { formatTimestamp } from '../format/time';

export function AlertTable({ alerts }: { alerts: readonly Alert[] }) {
  const { localTime } = useSettings();
  return (
    <Capped items={alerts} step={100} noun="alerts">
      {(shown) => (
        <Table horizontalSpacing="md" miw={620}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Labels</Table.Th>
              <Table.Th>State</Table.Th>
              <Table.Th>Active since</Table.Th>
              <Table.Th ta="right">Value</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((alert) => (
              <Table.Tr key={JSON.stringify(alert.labels)} style={{ verticalAlign: 'top' }}>
                <Table.Td>
                  <LabelBadges labels={alert.labels} />
                </Table.Td>
                <Table.Td>
                  <StateBadge state={alert.state === 'firing' ? 'bad' : 'warn'}>{alert.state}</StateBadge>
                </Table.Td>
                <Table.Td>{alert.activeAt !== undefined && formatTimestamp(Math.floor(Date.parse(alert.activeAt) / 1000) * 1000, localTime)}</Table.Td>
                <Table.Td ta="right" ff="monospace">
                  {alert.value}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Capped>
  );
}
