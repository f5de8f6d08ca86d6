import { Collapsible } from '../components/Collapsible';
import { Notice } from '../components/Notice';
import { Capped } from '../components/Capped';
import type { useFolded } from '../components/useFolded';
import { PoolHead } from './PoolHead';
import type { Pool } from './pools';
import { TargetTable } from './TargetTable';

interface Props {
  pools: readonly Pool[];
  /** Whether there are targets at all, shown or not. */
  any: boolean;
  folded: ReturnType<typeof useFolded>;
}

export function PoolList({ pools, any, folded }: Props) {
  if (pools.length === 0) {
    return any ? (
      <Notice kind="info" title="No target matches the filters">
        Clear the filters to see all targets.
      </Notice>
    ) : (
      <Notice kind="info" title="There are no targets">
        Add scrape_configs to the configuration, or see on the service discovery page what was found and dropped.
      </Notice>
    );
  }
  return pools.map((pool) => (
    <Collapsible
      key={pool.name}
      title={<PoolHead pool={pool} />}
      opened={folded.isOpen(pool.name)}
      onToggle={(opened) => folded.setOpen(pool.name, opened)}
    >
      <Capped items={pool.targets} step={100} noun="targets">
        {(shown) => <TargetTable targets={shown} />}
      </Capped>
    </Collapsible>
  ));
}
