import { Text } from '@mantine/core';
import type { Rule } from '../api/types';
import { Icon } from '../components/Icon';
import { Notice } from '../components/Notice';
import { type BadgeState, StateBadge } from '../components/StateBadge';
import { humanizeDuration } from '../format/duration';
import { RuleDefinition } from './RuleDefinition';
import classes from './Rules.module.css';

const badges: Record<Rule['health'], BadgeState> = { ok: 'good', err: 'bad', unknown: 'neutral' };

export function RuleRow({ rule }: { rule: Rule }) {
  return (
    <div className={classes.rule}>
      <div className={classes.title}>
        <Icon name={rule.type === 'alerting' ? 'bell' : 'database'} />
        <strong>{rule.name}</strong>
        <Text size="sm" c="dimmed">
          took {humanizeDuration(rule.evaluationTime * 1000)}
        </Text>
        <StateBadge state={badges[rule.health]}>{rule.health}</StateBadge>
      </div>
      <RuleDefinition rule={rule} />
      {rule.lastError !== undefined && rule.lastError !== '' && (
        <Notice kind="error" title="Last evaluation failed">
          {rule.lastError}
        </Notice>
      )}
    </div>
  );
}
