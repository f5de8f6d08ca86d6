import { ActionIcon, CloseButton, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useSettings } from '../app/settings';
import { Icon } from '../components/Icon';
import { formatTime, parseTime } from '../format/time';
import classes from './QueryPanel.module.css';

interface Props {
  /** Null follows the clock. */
  millis: number | null;
  onChange: (millis: number | null) => void;
  label: string;
  /** How far the arrows move. */
  stepMillis: number;
}

/** A point in time, typed or stepped. Empty means now. */
export function TimeInput({ millis, onChange, label, stepMillis }: Props) {
  const { localTime } = useSettings();
  const shown = millis === null ? '' : formatTime(millis, localTime);
  const [text, setText] = useState(shown);
  const [lastShown, setLastShown] = useState(shown);
  if (lastShown !== shown) {
    setLastShown(shown);
    setText(shown);
  }
  const parsed = text.trim() === '' ? null : parseTime(text, localTime);
  const invalid = text.trim() !== '' && parsed === null;
  const commit = () => {
    if (!invalid && text !== shown) onChange(parsed);
  };
  const move = (by: number) => onChange((millis ?? Date.now()) + by);
  return (
    <div className={classes.stepper}>
      <ActionIcon variant="default" aria-label={`${label}: earlier`} onClick={() => move(-stepMillis)}>
        <Icon name="chevronLeft" />
      </ActionIcon>
      <TextInput
        aria-label={label}
        placeholder={label}
        title={`${label} as YYYY-MM-DD hh:mm:ss, ${localTime ? 'local time' : 'UTC'}; empty for now`}
        value={text}
        error={invalid}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={(event) => event.key === 'Enter' && commit()}
        w={205}
        rightSection={millis !== null && <CloseButton size="xs" aria-label={`${label}: now`} onClick={() => onChange(null)} />}
      />
      <ActionIcon variant="default" aria-label={`${label}: later`} onClick={() => move(stepMillis)}>
        <Icon name="chevronRight" />
      </ActionIcon>
    </div>
  );
}
