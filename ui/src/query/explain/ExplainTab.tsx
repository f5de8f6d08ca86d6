import { SegmentedControl, Switch } from '@mantine/core';
import { useEffect, useState } from 'react';
import { ErrorNotice } from '../../components/ErrorNotice';
import { Loading } from '../../components/Loading';
import { Notice } from '../../components/Notice';
import { Annotations } from '../Annotations';
import panelClasses from '../QueryPanel.module.css';
import type { TabProps } from '../ResultTabs';
import classes from './Explain.module.css';
import { HintList } from './HintList';
import { PlanTable } from './PlanTable';
import { useExplanation } from './useExplanation';

/** How the server evaluates the query: its operators, what they cost, and what could be better. */
export default function ExplainTab({ panel, execution, onStats }: TabProps) {
  const query = panel.expr.trim();
  const [analyze, setAnalyze] = useState(false);
  const [range, setRange] = useState(false);
  const { data, error, isFetching } = useExplanation(query, panel, execution, { analyze, range });
  useEffect(() => onStats(null), [onStats]);
  return (
    <>
      <div className={`${panelClasses.controls} ${classes.controls}`}>
        <SegmentedControl
          aria-label="Evaluated"
          value={range ? 'range' : 'instant'}
          onChange={(value) => setRange(value === 'range')}
          data={[
            { value: 'instant', label: 'As for the table' },
            { value: 'range', label: 'As for the graph' },
          ]}
        />
        <Switch
          label="Analyze: run the query and measure it"
          checked={analyze}
          onChange={(event) => setAnalyze(event.currentTarget.checked)}
        />
      </div>
      {query === '' && <Notice kind="info" title="Enter an expression and execute it to see how it is evaluated" />}
      {error && <ErrorNotice title="The query cannot be explained" error={error} />}
      {query !== '' && !error && !data && <Loading />}
      {data && query !== '' && (
        <div style={{ opacity: isFetching ? 0.55 : 1 }} aria-busy={isFetching}>
          {data.data.error !== undefined && (
            <Notice kind="error" title="The query fails">
              {data.data.error}
            </Notice>
          )}
          <HintList query={query} hints={data.data.hints} />
          <Annotations warnings={data.warnings} infos={data.infos} />
          {data.data.plan ? (
            <PlanTable plan={data.data.plan} />
          ) : (
            <Notice kind="info" title="A string is its own result: there is nothing to evaluate" />
          )}
        </div>
      )}
    </>
  );
}
