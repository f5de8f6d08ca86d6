import { Text } from '@mantine/core';
import type { RuleGroup } from '../api/types';
import { StateBadge } from '../components/StateBadge';
import { formatDuration, humanizeDuration } from '../format/duration';

export function RuleGroupHead({ group }: { group: RuleGroup }) {
  const failed = group.rules.filter((rule) => rule.health === 'err').length;
  return (
    <>
      <Text fw={600} flex={1} style={{ overflowWrap: 'anywhere' }}>
        {group.name}{' '}
        <Text span size="sm" c="dimmed">
          {group.file}
        </Text>
      </Text>
      {failed > 0 && <StateBadge state="bad">{`${failed} failing`}</StateBadge>}
      <Text size="sm" c="dimmed" visibleFrom="sm">
        every {formatDuration(group.interval * 1000)}, took {humanizeDuration(group.evaluationTime * 1000)}
      </Text>
    </>
  );
}
