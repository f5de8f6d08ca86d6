import type { AlertState, AlertingRule, RuleGroup } from '../api/types';
import { useApi } from '../api/useApi';
import { FilterInput } from '../components/FilterInput';
import { Loaded } from '../components/Loaded';
import { Notice } from '../components/Notice';
import { StateFilter } from '../components/StateFilter';
import { Toolbar } from '../components/Toolbar';
import { useUrlParam } from '../components/useUrlParam';
import { AlertRuleCard } from './AlertRuleCard';
import { alertingRules, filterAlertingRules } from './alerts';

export default function AlertsPage() {
  const groups = useApi<{ groups: RuleGroup[] }>('/rules', { params: { type: 'alert' }, refreshMillis: 15_000 });
  const [state, setState] = useUrlParam('state');
  const [search, setSearch] = useUrlParam('search');
  const rules = alertingRules(groups.data?.data.groups ?? []);
  const count = (wanted: AlertState) => rules.filter((rule) => rule.state === wanted).length;
  return (
    <>
      <Toolbar>
        <StateFilter
          label="State"
          value={state}
          onChange={setState}
          choices={[['all'], ['firing', count('firing')], ['pending', count('pending')], ['inactive', count('inactive')]]}
        />
        <FilterInput value={search} onChange={setSearch} placeholder="Filter by name or labels" />
      </Toolbar>
      <Loaded what="the alerting rules" query={groups}>
        {() => <Rules all={rules} shown={filterAlertingRules(rules, state, search)} />}
      </Loaded>
    </>
  );
}

function Rules({ all, shown }: { all: AlertingRule[]; shown: AlertingRule[] }) {
  if (all.length === 0) {
    return (
      <Notice kind="info" title="There are no alerting rules">
        This version evaluates no rules: rule_files has no effect. Keep evaluating them with Prometheus.
      </Notice>
    );
  }
  if (shown.length === 0) return <Notice kind="info" title="No alerting rule matches the filters" />;
  return shown.map((rule, i) => <AlertRuleCard key={`${rule.name} ${i}`} rule={rule} />);
}
