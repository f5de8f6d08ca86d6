import { Table } from '@mantine/core';
import { useApi } from '../api/useApi';
import { FilterInput } from '../components/FilterInput';
import { Loaded } from '../components/Loaded';
import { matchesWords } from '../components/matchesWords';
import { Notice } from '../components/Notice';
import { Section } from '../components/Section';
import { useUrlParam } from '../components/useUrlParam';

export default function FlagsPage() {
  const flags = useApi<Record<string, string>>('/status/flags');
  const [filter, setFilter] = useUrlParam('filter');
  return (
    <Section
      title="Command-line flags"
      icon="flag"
      action={<FilterInput value={filter} onChange={setFilter} placeholder="Filter by name or value" />}
    >
      <Loaded what="the flags" query={flags}>
        {(data) => <FlagTable flags={data} filter={filter} />}
      </Loaded>
    </Section>
  );
}

function FlagTable({ flags, filter }: { flags: Record<string, string>; filter: string }) {
  const shown = Object.entries(flags)
    .filter(([name, value]) => matchesWords(`--${name}=${value}`, filter))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  if (shown.length === 0) return <Notice kind="info" title="No flag matches the filter" />;
  return (
    <Table highlightOnHover layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Flag</Table.Th>
          <Table.Th>Value</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody ff="monospace">
        {shown.map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>--{name}</Table.Td>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
