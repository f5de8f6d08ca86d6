import { Button, Select } from '@mantine/core';
import type { Targets } from '../api/types';
import { useApi } from '../api/useApi';
import { FilterInput } from '../components/FilterInput';
import { Icon } from '../components/Icon';
import { Loaded } from '../components/Loaded';
import { StateFilter } from '../components/StateFilter';
import { Toolbar } from '../components/Toolbar';
import { useFolded } from '../components/useFolded';
import { useUrlParam } from '../components/useUrlParam';
import { PoolList } from './PoolList';
import { countHealth, poolsOf } from './pools';

export default function TargetsPage() {
  const targets = useApi<Targets>('/targets', { params: { state: 'active' }, refreshMillis: 15_000 });
  const [pool, setPool] = useUrlParam('pool');
  const [health, setHealth] = useUrlParam('health');
  const [search, setSearch] = useUrlParam('search');
  const folded = useFolded('targets');
  const active = targets.data?.data.activeTargets ?? [];
  const names = [...new Set(active.map((target) => target.scrapePool))].sort();
  const counts = countHealth(pool === '' ? active : active.filter((target) => target.scrapePool === pool));
  const anyOpen = folded.anyOpen(names);
  return (
    <>
      <Toolbar>
        <Select
          aria-label="Scrape pool"
          placeholder={`All ${names.length} scrape pools`}
          data={names}
          value={pool === '' ? null : pool}
          onChange={(value) => setPool(value ?? '')}
          searchable
          clearable
          w={230}
        />
        <StateFilter
          label="Health"
          value={health}
          onChange={setHealth}
          choices={[['all'], ['up', counts.up], ['down', counts.down], ['unknown', counts.unknown]]}
        />
        <FilterInput value={search} onChange={setSearch} placeholder="Filter by address, labels or error" />
        <Button variant="default" leftSection={<Icon name="list" />} onClick={() => folded.setAll(names, !anyOpen)}>
          {anyOpen ? 'Collapse all' : 'Expand all'}
        </Button>
      </Toolbar>
      <Loaded what="the targets" query={targets}>
        {(data) => <PoolList pools={poolsOf(data.activeTargets, { pool, health, search })} any={data.activeTargets.length > 0} folded={folded} />}
      </Loaded>
    </>
  );
}
