import { Table, Text } from '@mantine/core';

/** A name and a number per row. */
export function SimpleTable({ head, rows }: { head: [string, string]; rows: [string, string][] }) {
  if (rows.length === 0) return <Text c="dimmed">Nothing to count yet.</Text>;
  return (
    <Table highlightOnHover verticalSpacing={5}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{head[0]}</Table.Th>
          <Table.Th ta="right">{head[1]}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>{name}</Table.Td>
            <Table.Td ta="right" style={{ fontVariantNumeric: 'tabular-nums' }}>
              {value}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
