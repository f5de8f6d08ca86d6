import { Button } from '@mantine/core';
import { Suspense, lazy, useRef, useState } from 'react';
import { callApi } from '../api/client';
import { ErrorNotice } from '../components/ErrorNotice';
import { Icon } from '../components/Icon';
import type { EditorHandle } from './editor/ExpressionEditor';
import { LazyEditor } from './editor/LazyEditor';
import { PanelMenu } from './PanelMenu';
import classes from './QueryPanel.module.css';

const MetricsExplorer = lazy(() => import('./explorer/MetricsExplorer'));

interface Props {
  expr: string;
  autoFocus: boolean;
  onChange: (expr: string) => void;
  onExecute: () => void;
  onDuplicate: () => void;
  onRemove?: () => void;
}

export function ExpressionBar({ expr, autoFocus, onChange, onExecute, onDuplicate, onRemove }: Props) {
  const editor = useRef<EditorHandle>(null);
  const [exploring, setExploring] = useState(false);
  const [formatError, setFormatError] = useState<Error | null>(null);
  const format = () => {
    callApi<string>('/format_query', { query: expr }).then(
      ({ data }) => {
        setFormatError(null);
        onChange(data);
      },
      (error: unknown) => setFormatError(error as Error),
    );
  };
  return (
    <>
      <div className={classes.bar}>
        <div className={classes.editor}>
          <span className={classes.prompt}>
            <Icon name="chevronRight" />
          </span>
          <div className={classes.text}>
            <LazyEditor ref={editor} value={expr} onChange={onChange} onExecute={onExecute} autoFocus={autoFocus} />
          </div>
          <PanelMenu
            canFormat={expr.trim() !== ''}
            onExplore={() => setExploring(true)}
            onFormat={format}
            onPick={onChange}
            onDuplicate={onDuplicate}
            {...(onRemove && { onRemove })}
          />
        </div>
        <Button className={classes.execute ?? ''} onClick={onExecute}>
          Execute
        </Button>
      </div>
      {formatError && <ErrorNotice title="The expression cannot be formatted" error={formatError} />}
      {exploring && (
        <Suspense>
          <MetricsExplorer
            onClose={() => setExploring(false)}
            onInsert={(text) => {
              setExploring(false);
              editor.current?.insert(text);
              // Once the dialog has given the focus back.
              setTimeout(() => editor.current?.focus(), 50);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
