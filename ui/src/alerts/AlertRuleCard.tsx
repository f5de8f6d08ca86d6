import { Text } from '@mantine/core';
import { useState } from 'react';
import type { AlertState, AlertingRule } from '../api/types';
import { Collapsible } from '../components/Collapsible';
import { type BadgeState, StateBadge } from '../components/StateBadge';
import { RuleDefinition } from '../rules/RuleDefinition';
import rules from '../rules/Rules.module.css';
import { AlertTable } from './AlertTable';

const badges: Record<AlertState, BadgeState> = { firing: 'bad', pending: 'warn', inactive: 'good', unknown: 'neutral' };

export function AlertRuleCard({ rule }: { rule: AlertingRule }) {
  const [opened, setOpened] = useState(false);
  return (
    <Collapsible
      opened={opened}
      onToggle={setOpened}
      title={
        <>
          <Text fw={600} flex={1} style={{ overflowWrap: 'anywhere' }}>
            {rule.name}
          </Text>
          {rule.alerts.length > 0 && (
            <Text size="sm" c="dimmed">
              {rule.alerts.length} active
            </Text>
          )}
          <StateBadge state={badges[rule.state]}>{rule.state}</StateBadge>
        </>
      }
    >
      <div className={rules.rule}>
        <RuleDefinition rule={rule} />
      </div>
      {rule.alerts.length > 0 && <AlertTable alerts={rule.alerts} />}
    </Collapsible>
  );
}
