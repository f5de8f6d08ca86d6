import { SegmentedControl } from '@mantine/core';
import { formatCount } from '../format/value';

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** State and how many there are; an absent count is not shown. */
  choices: readonly (readonly [state: string, count?: number])[];
}

/** One state or all of them. The empty value stands for all. */
export function StateFilter({ label, value, onChange, choices }: Props) {
  return (
    <SegmentedControl
      aria-label={label}
      size="xs"
      value={value === '' ? 'all' : value}
      onChange={(chosen) => onChange(chosen === 'all' ? '' : chosen)}
      data={choices.map(([state, count]) => ({
        value: state,
        label: count === undefined ? state : `${state} ${formatCount(count)}`,
      }))}
    />
  );
}
