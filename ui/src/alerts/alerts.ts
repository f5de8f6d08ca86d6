import type { AlertState, AlertingRule, RuleGroup } from '../api/types';
import { matchesWords } from '../components/matchesWords';

const urgency: Record<AlertState, number> = { firing: 0, pending: 1, unknown: 2, inactive: 3 };

/** All alerting rules, the most urgent first, otherwise in the order of the files. */
export function alertingRules(groups: readonly RuleGroup[]): AlertingRule[] {
  const rules = groups.flatMap((group) => group.rules).filter((rule) => rule.type === 'alerting');
  return rules.sort((a, b) => urgency[a.state] - urgency[b.state]);
}

function searchText(rule: AlertingRule): string {
  const sets = [rule.labels ?? {}, ...rule.alerts.map((alert) => alert.labels)];
  return [rule.name, ...sets.flatMap((labels) => Object.entries(labels).map((pair) => pair.join('=')))].join(' ');
}

export function filterAlertingRules(rules: readonly AlertingRule[], state: string, search: string): AlertingRule[] {
  return rules.filter((rule) => (state === '' || rule.state === state) && matchesWords(searchText(rule), search));
}
