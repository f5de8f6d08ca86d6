import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { formatDuration, parseDuration } from '../../format/duration';
import { type Density, type Panel, type Resolution, stepMillisOf } from '../panel';

interface Props {
  panel: Panel;
  onChange: (resolution: Resolution) => void;
}

const fixedSteps = [10_000, 30_000, 60_000, 300_000, 900_000, 3_600_000];

const choices = [
  {
    group: 'Automatic',
    items: [
      { value: 'low', label: 'Low resolution' },
      { value: 'medium', label: 'Medium resolution' },
      { value: 'high', label: 'High resolution' },
    ],
  },
  { group: 'Fixed', items: fixedSteps.map((step) => ({ value: String(step), label: `Step ${formatDuration(step)}` })) },
  { group: 'Own', items: [{ value: 'custom', label: 'Own step…' }] },
];

function valueOf(resolution: Resolution): string {
  if (resolution.type === 'auto') return resolution.density;
  const known = resolution.type === 'fixed' && fixedSteps.includes(resolution.stepMillis);
  return known ? String(resolution.stepMillis) : 'custom';
}

export function ResolutionInput({ panel, onChange }: Props) {
  const value = valueOf(panel.resolution);
  const stepMillis = stepMillisOf(panel);
  const choose = (chosen: string | null) => {
    if (chosen === 'low' || chosen === 'medium' || chosen === 'high') onChange({ type: 'auto', density: chosen satisfies Density });
    else if (chosen === 'custom') onChange({ type: 'custom', stepMillis });
    else if (chosen !== null) onChange({ type: 'fixed', stepMillis: Number(chosen) });
  };
  return (
    <>
      <Select aria-label="Resolution" data={choices} value={value} onChange={choose} allowDeselect={false} w={185} />
      {value === 'custom' && (
        <StepInput key={stepMillis} stepMillis={stepMillis} onChange={(step) => onChange({ type: 'custom', stepMillis: step })} />
      )}
    </>
  );
}

function StepInput({ stepMillis, onChange }: { stepMillis: number; onChange: (stepMillis: number) => void }) {
  const [text, setText] = useState(formatDuration(stepMillis));
  const parsed = parseDuration(text);
  const invalid = parsed === null || parsed === 0;
  const commit = () => {
    if (!invalid && parsed !== stepMillis) onChange(parsed);
  };
  return (
    <TextInput
      aria-label="Step"
      title="Step, such as 15s or 5m"
      value={text}
      error={invalid}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
      w={90}
    />
  );
}
