import { useState } from 'react';
import { ErrorBoundary } from '../components/ErrorBoundary';
import { useSettings } from '../app/settings';
import { ExpressionBar } from './ExpressionBar';
import { rememberQuery } from './history';
import type { Panel } from './panel';
import classes from './QueryPanel.module.css';
import { ResultTabs } from './ResultTabs';

interface Props {
  panel: Panel;
  autoFocus: boolean;
  onChange: (change: Partial<Panel>) => void;
  onDuplicate: (expr: string) => void;
  onRemove?: () => void;
}

/** An expression and its result. What is being typed stays here; what was executed stands in the address. */
export function QueryPanel({ panel, autoFocus, onChange, onDuplicate, onRemove }: Props) {
  const { queryHistory } = useSettings();
  const [draft, setDraft] = useState(panel.expr);
  const [executed, setExecuted] = useState(panel.expr);
  const [execution, setExecution] = useState(0);
  if (executed !== panel.expr) {
    setExecuted(panel.expr);
    setDraft(panel.expr);
  }
  const execute = () => {
    if (queryHistory) rememberQuery(draft);
    if (draft !== panel.expr) onChange({ expr: draft });
    else setExecution(execution + 1);
  };
  return (
    <section className={classes.panel} aria-label={panel.expr === '' ? 'Query' : `Query ${panel.expr}`}>
      <ExpressionBar
        expr={draft}
        autoFocus={autoFocus}
        onChange={setDraft}
        onExecute={execute}
        onDuplicate={() => onDuplicate(draft)}
        {...(onRemove && { onRemove })}
      />
      <ErrorBoundary key={panel.tab}>
        <ResultTabs panel={panel} execution={execution} onChange={onChange} />
      </ErrorBoundary>
    </section>
  );
}
