import { ActionIcon, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '../../components/Icon';
import { formatDuration, parseDuration } from '../../format/duration';
import classes from '../QueryPanel.module.css';
import { longerRange, shorterRange } from './ranges';

interface Props {
  millis: number;
  onChange: (millis: number) => void;
}

export function RangeInput({ millis, onChange }: Props) {
  const shown = formatDuration(millis);
  const [text, setText] = useState(shown);
  const [lastShown, setLastShown] = useState(shown);
  if (lastShown !== shown) {
    setLastShown(shown);
    setText(shown);
  }
  const parsed = parseDuration(text);
  const invalid = parsed === null || parsed === 0;
  const commit = () => {
    if (!invalid && parsed !== millis) onChange(parsed);
  };
  return (
    <div className={classes.stepper}>
      <ActionIcon variant="default" aria-label="Shorter range" onClick={() => onChange(shorterRange(millis))}>
        <Icon name="minus" />
      </ActionIcon>
      <TextInput
        aria-label="Range"
        title="Range, such as 30m, 1h or 2d12h"
        value={text}
        error={invalid}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={(event) => event.key === 'Enter' && commit()}
        w={96}
      />
      <ActionIcon variant="default" aria-label="Longer range" onClick={() => onChange(longerRange(millis))}>
        <Icon name="plus" />
      </ActionIcon>
    </div>
  );
}
