import { Text } from '@mantine/core';
import { Link } from 'react-router';
import type { Rule } from '../api/types';
import { LabelBadges } from '../components/LabelBadges';
import { formatDuration } from '../format/duration';
import classes from './Rules.module.css';

/** What the rule says: expression (a link to the query page), duration, labels, annotations. */
export function RuleDefinition({ rule }: { rule: Rule }) {
  return (
    <>
      <Link className={classes.query} to={{ pathname: '/query', search: `?${new URLSearchParams({ 'g0.expr': rule.query, 'g0.tab': 'table' }).toString()}` }}>
        {rule.query}
      </Link>
      {rule.type === 'alerting' && rule.duration > 0 && (
        <Text size="sm" c="dimmed">
          for {formatDuration(rule.duration * 1000)}
          {rule.keepFiringFor > 0 && `, keeps firing for ${formatDuration(rule.keepFiringFor * 1000)}`}
        </Text>
      )}
      {rule.labels && <LabelBadges labels={rule.labels} />}
      {rule.type === 'alerting' &&
        Object.entries(rule.annotations ?? {}).map(([name, text]) => (
          <Text key={name} size="sm">
            <Text span c="dimmed">
              {name}:
            </Text>{' '}
            {text}
          </Text>
        ))}
    </>
  );
}
