import { LoadingOverlay } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import { ErrorNotice } from '../../components/ErrorNotice';
import { Loading } from '../../components/Loading';
import { Notice } from '../../components/Notice';
import { Annotations } from '../Annotations';
import type { TabProps } from '../ResultTabs';
import { Graph } from './Graph';
import { graphable } from './graphable';
import { GraphControls } from './GraphControls';
import { useRangeQuery } from './useRangeQuery';

export default function GraphTab({ panel, execution, onChange, onStats }: TabProps) {
  const expr = panel.expr.trim();
  const query = useMemo(() => graphable(expr), [expr]);
  const { data, error, isFetching } = useRangeQuery(query, panel, execution);
  const shown = query === '' ? undefined : data;
  useEffect(() => {
    const result = shown?.answer.data.result;
    const samples = result?.reduce((sum, { values = [], histograms = [] }) => sum + values.length + histograms.length, 0);
    onStats(
      shown && samples !== undefined
        ? { elapsedMillis: shown.answer.elapsedMillis, series: shown.answer.data.result.length, stepMillis: shown.window.step * 1000, samples }
        : null,
    );
  }, [onStats, shown]);
  const zoom = (from: number, to: number) => {
    onChange({ endMillis: Math.round(to) * 1000, rangeMillis: Math.max(1, Math.round(to) - Math.round(from)) * 1000 });
  };
  return (
    <>
      <GraphControls panel={panel} onChange={onChange} />
      {query === '' && <Notice kind="info" title="Enter an expression and execute it to see its graph" />}
      {error && <ErrorNotice title="The query failed" error={error} />}
      {query !== '' && !error && !shown && <Loading rows={8} />}
      {shown && (
        <div style={{ position: 'relative' }} aria-busy={isFetching}>
          <LoadingOverlay visible={isFetching} overlayProps={{ backgroundOpacity: 0.25 }} loaderProps={{ type: 'dots' }} />
          {query !== expr && (
            <Annotations warnings={[]} infos={[`A range vector has no graph; this is the graph of ${query}.`]} />
          )}
          <Annotations warnings={shown.answer.warnings} infos={shown.answer.infos} />
          {shown.answer.data.result.length === 0 ? (
            <Notice kind="info" title="The query returned no data">
              In this range no series matches. Check names and matchers, or choose another range or end.
            </Notice>
          ) : (
            <Graph
              key={query}
              result={shown.answer.data.result}
              window={shown.window}
              stacked={panel.displayMode === 'stacked'}
              yAxisMin={panel.yAxisMin}
              onSelectRange={zoom}
            />
          )}
        </div>
      )}
    </>
  );
}
