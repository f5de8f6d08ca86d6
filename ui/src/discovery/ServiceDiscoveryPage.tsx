import { Text } from '@mantine/core';
import type { Targets } from '../api/types';
import { useApi } from '../api/useApi';
import { Collapsible } from '../components/Collapsible';
import { Capped } from '../components/Capped';
import { FilterInput } from '../components/FilterInput';
import { Loaded } from '../components/Loaded';
import { Notice } from '../components/Notice';
import { StateFilter } from '../components/StateFilter';
import { Toolbar } from '../components/Toolbar';
import { useFolded } from '../components/useFolded';
import { useUrlParam } from '../components/useUrlParam';
import { formatCount } from '../format/value';
import { DiscoveredTable } from './DiscoveredTable';
import { type DiscoveryPool, discoveryPools } from './pools';

export default function ServiceDiscoveryPage() {
  const targets = useApi<Targets>('/targets', { params: { state: 'any' }, refreshMillis: 30_000 });
  const [state, setState] = useUrlParam('state');
  const [search, setSearch] = useUrlParam('search');
  return (
    <>
      <Toolbar>
        <StateFilter label="State" value={state} onChange={setState} choices={[['all'], ['active'], ['dropped']]} />
        <FilterInput value={search} onChange={setSearch} placeholder="Filter by labels" />
      </Toolbar>
      <Loaded what="the discovered targets" query={targets}>
        {(data) => <Pools pools={discoveryPools(data, { state, search })} />}
      </Loaded>
    </>
  );
}

function Pools({ pools }: { pools: DiscoveryPool[] }) {
  const folded = useFolded('discovery');
  if (pools.length === 0) {
    return (
      <Notice kind="info" title="Nothing was discovered">
        Add scrape_configs to the configuration.
      </Notice>
    );
  }
  return pools.map(({ name, active, dropped, targets }) => (
    <Collapsible
      key={name}
      opened={folded.isOpen(name)}
      onToggle={(opened) => folded.setOpen(name, opened)}
      title={
        <>
          <Text fw={600} flex={1}>
            {name}
          </Text>
          <Text size="sm" c="dimmed">
            {formatCount(active)} / {formatCount(active + dropped)} active
          </Text>
        </>
      }
    >
      {targets.length === 0 ? (
        <Text c="dimmed" size="sm" p="md">
          No target of this pool is listed: the filter hides it, or the server keeps no dropped targets.
        </Text>
      ) : (
        <Capped items={targets} step={100} noun="targets">
          {(shown) => <DiscoveredTable targets={shown} />}
        </Capped>
      )}
    </Collapsible>
  ));
}
