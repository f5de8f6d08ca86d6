import { Button } from '@mantine/core';
import { Icon } from '../components/Icon';
import { QueryPanel } from './QueryPanel';
import './promql.css';
import { usePanels } from './usePanels';

export default function QueryPage() {
  const panels = usePanels();
  return (
    <>
      {panels.list.map(({ id, panel }, index) => (
        <QueryPanel
          key={id}
          panel={panel}
          autoFocus={index === 0}
          onChange={(change) => panels.change(index, change)}
          onDuplicate={(expr) => panels.duplicate(index, expr)}
          {...(panels.list.length > 1 && { onRemove: () => panels.remove(index) })}
        />
      ))}
      <Button variant="default" leftSection={<Icon name="plus" />} onClick={panels.add}>
        Add query
      </Button>
    </>
  );
}
