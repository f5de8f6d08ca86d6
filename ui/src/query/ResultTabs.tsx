import { Tabs } from '@mantine/core';
import { Suspense, lazy, useState } from 'react';
import { Icon } from '../components/Icon';
import { Loading } from '../components/Loading';
import type { Panel, Tab } from './panel';
import classes from './QueryPanel.module.css';
import { type Stats, QueryStats } from './QueryStats';
import { TableTab } from './table/TableTab';

const GraphTab = lazy(() => import('./graph/GraphTab'));
const ExplainTab = lazy(() => import('./explain/ExplainTab'));

interface Props {
  panel: Panel;
  /** Counts how often the same query was executed again. */
  execution: number;
  onChange: (change: Partial<Panel>) => void;
}

export interface TabProps extends Props {
  onStats: (stats: Stats | null) => void;
}

/** Only the tab in front asks the server. */
export function ResultTabs({ panel, execution, onChange }: Props) {
  const [stats, setStats] = useState<Stats | null>(null);
  const props: TabProps = { panel, execution, onChange, onStats: setStats };
  return (
    <Tabs value={panel.tab} onChange={(tab) => onChange({ tab: tab as Tab })} keepMounted={false} variant="none">
      <div className={classes.tabs}>
        <Tabs.List>
          <Tabs.Tab className={classes.tab ?? ''} value="table" leftSection={<Icon name="table" />}>
            Table
          </Tabs.Tab>
          <Tabs.Tab className={classes.tab ?? ''} value="graph" leftSection={<Icon name="graph" />}>
            Graph
          </Tabs.Tab>
          <Tabs.Tab className={classes.tab ?? ''} value="explain" leftSection={<Icon name="tree" />}>
            Explain
          </Tabs.Tab>
        </Tabs.List>
        {stats && <QueryStats stats={stats} />}
      </div>
      <Tabs.Panel value="table">
        <TableTab {...props} />
      </Tabs.Panel>
      <Tabs.Panel value="graph">
        <Suspense fallback={<Loading />}>
          <GraphTab {...props} />
        </Suspense>
      </Tabs.Panel>
      <Tabs.Panel value="explain">
        <Suspense fallback={<Loading />}>
          <ExplainTab {...props} />
        </Suspense>
      </Tabs.Panel>
    </Tabs>
  );
}
