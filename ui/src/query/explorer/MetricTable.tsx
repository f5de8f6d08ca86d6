import { Table, UnstyledButton } from '@mantine/core';
import type { Metric } from './metrics';

interface Props {
  metrics: readonly Metric[];
  caption: string;
  onInsert: (name: string) => void;
}

export function MetricTable({ metrics, caption, onInsert }: Props) {
  return (
    <Table highlightOnHover fz="sm" verticalSpacing={5} captionSide="top" layout="fixed">
      <Table.Caption ta="left">{caption}; choose one to insert it into the expression</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w="45%">Metric</Table.Th>
          <Table.Th w={90}>Type</Table.Th>
          <Table.Th>Help</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {metrics.map(({ name, type, help, unit }) => (
          <Table.Tr key={name} style={{ verticalAlign: 'top' }}>
            <Table.Td>
              <UnstyledButton ff="monospace" fz="sm" c="var(--promql-function)" style={{ overflowWrap: 'anywhere' }} onClick={() => onInsert(name)}>
                {name}
              </UnstyledButton>
            </Table.Td>
            <Table.Td>{type}</Table.Td>
            <Table.Td c="dimmed">
              {help}
              {unit !== '' && ` [${unit}]`}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
