import { useEffect } from 'react';
import { lookbackDelta } from '../../app/embedded';
import { ErrorNotice } from '../../components/ErrorNotice';
import { Loading } from '../../components/Loading';
import { Notice } from '../../components/Notice';
import { Annotations } from '../Annotations';
import classes from '../QueryPanel.module.css';
import type { TabProps } from '../ResultTabs';
import { TimeInput } from '../TimeInput';
import { ResultTable } from './ResultTable';
import { tableRows } from './rows';
import { useInstantQuery } from './useInstantQuery';

export function TableTab({ panel, execution, onChange, onStats }: TabProps) {
  const query = panel.expr.trim();
  const { data, error, isFetching } = useInstantQuery(query, panel.endMillis, execution);
  const rows = data && query !== '' ? tableRows(data.data) : null;
  const elapsedMillis = data?.elapsedMillis;
  const series = rows?.length;
  useEffect(() => {
    onStats(elapsedMillis === undefined || series === undefined ? null : { elapsedMillis, series });
  }, [onStats, elapsedMillis, series]);
  return (
    <>
      <div className={classes.controls}>
        <TimeInput
          label="Evaluation time"
          millis={panel.endMillis}
          stepMillis={panel.rangeMillis / 2}
          onChange={(endMillis) => onChange({ endMillis })}
        />
      </div>
      {query === '' && <Notice kind="info" title="Enter an expression and execute it to see its result" />}
      {error && <ErrorNotice title="The query failed" error={error} />}
      {data && rows && <Annotations warnings={data.warnings} infos={data.infos} />}
      {rows === null ? (
        query !== '' && !error && <Loading />
      ) : (
        <div style={{ opacity: isFetching ? 0.55 : 1 }} aria-busy={isFetching}>
          {rows.length === 0 ? (
            <Notice kind="info" title="The query returned no data">
              No matching series has a sample at this time{lookbackDelta !== '' && ` or in the ${lookbackDelta} before`}. Check names
              and matchers, or choose another evaluation time.
            </Notice>
          ) : (
            <ResultTable rows={rows} />
          )}
        </div>
      )}
    </>
  );
}
