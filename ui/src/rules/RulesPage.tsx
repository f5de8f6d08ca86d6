import type { Rule, RuleGroup } from '../api/types';
import { useApi } from '../api/useApi';
import { Collapsible } from '../components/Collapsible';
import { FilterInput } from '../components/FilterInput';
import { Loaded } from '../components/Loaded';
import { matchesWords } from '../components/matchesWords';
import { Notice } from '../components/Notice';
import { StateFilter } from '../components/StateFilter';
import { Toolbar } from '../components/Toolbar';
import { useFolded } from '../components/useFolded';
import { useUrlParam } from '../components/useUrlParam';
import { RuleGroupHead } from './RuleGroupHead';
import { RuleRow } from './RuleRow';

function shownRules(group: RuleGroup, health: string, search: string): Rule[] {
  return group.rules.filter(
    (rule) => (health === '' || rule.health === health) && matchesWords(`${group.name} ${rule.name} ${rule.query}`, search),
  );
}

export default function RulesPage() {
  const groups = useApi<{ groups: RuleGroup[] }>('/rules', { refreshMillis: 15_000 });
  const [health, setHealth] = useUrlParam('health');
  const [search, setSearch] = useUrlParam('search');
  return (
    <>
      <Toolbar>
        <StateFilter label="Health" value={health} onChange={setHealth} choices={[['all'], ['ok'], ['err'], ['unknown']]} />
        <FilterInput value={search} onChange={setSearch} placeholder="Filter by group, name or expression" />
      </Toolbar>
      <Loaded what="the rules" query={groups}>
        {(data) =>
          data.groups.length === 0 ? (
            <Notice kind="info" title="There are no rules">
              This version evaluates no rules: rule_files has no effect. Keep evaluating them with Prometheus.
            </Notice>
          ) : (
            <Groups groups={data.groups} health={health} search={search} />
          )
        }
      </Loaded>
    </>
  );
}

function Groups({ groups, health, search }: { groups: RuleGroup[]; health: string; search: string }) {
  const folded = useFolded('rules');
  const shown = groups.map((group) => ({ group, rules: shownRules(group, health, search) })).filter(({ rules }) => rules.length > 0);
  if (shown.length === 0) return <Notice kind="info" title="No rule matches the filters" />;
  return shown.map(({ group, rules }) => {
    const key = `${group.file};${group.name}`;
    return (
      <Collapsible
        key={key}
        opened={folded.isOpen(key)}
        onToggle={(opened) => folded.setOpen(key, opened)}
        title={<RuleGroupHead group={group} />}
      >
        {rules.map((rule, i) => (
          <RuleRow key={i} rule={rule} />
        ))}
      </Collapsible>
    );
  });
}
