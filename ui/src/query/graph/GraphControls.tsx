import { SegmentedControl, Switch } from '@mantine/core';
import type { Panel } from '../panel';
import classes from '../QueryPanel.module.css';
import { TimeInput } from '../TimeInput';
import { RangeInput } from './RangeInput';
import { ResolutionInput } from './ResolutionInput';

interface Props {
  panel: Panel;
  onChange: (change: Partial<Panel>) => void;
}

export function GraphControls({ panel, onChange }: Props) {
  return (
    <div className={classes.controls}>
      <RangeInput millis={panel.rangeMillis} onChange={(rangeMillis) => onChange({ rangeMillis })} />
      <TimeInput
        label="End time"
        millis={panel.endMillis}
        stepMillis={panel.rangeMillis / 2}
        onChange={(endMillis) => onChange({ endMillis })}
      />
      <ResolutionInput panel={panel} onChange={(resolution) => onChange({ resolution })} />
      <SegmentedControl
        aria-label="Display"
        value={panel.displayMode}
        onChange={(mode) => onChange({ displayMode: mode })}
        data={[
          { value: 'lines', label: 'Lines' },
          { value: 'stacked', label: 'Stacked' },
        ]}
      />
      <Switch
        label="Y axis from 0"
        checked={panel.yAxisMin !== null}
        onChange={(event) => onChange({ yAxisMin: event.currentTarget.checked ? 0 : null })}
        style={{ alignSelf: 'center' }}
      />
    </div>
  );
}
