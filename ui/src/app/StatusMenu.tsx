import { Menu } from '@mantine/core';
import { Link, useLocation } from 'react-router';
import { Icon } from '../components/Icon';
import classes from './Header.module.css';
import type { Page } from './pages';

function items(pages: readonly Page[], group: Page['group'], current: string) {
  return pages
    .filter((page) => page.group === group)
    .map((page) => (
      <Menu.Item
        key={page.path}
        component={Link}
        to={page.path}
        leftSection={<Icon name={page.icon} />}
        aria-current={page.path === current ? 'page' : undefined}
      >
        {page.title}
      </Menu.Item>
    ));
}

export function StatusMenu({ pages, onNavigate }: { pages: readonly Page[]; onNavigate: () => void }) {
  const { pathname } = useLocation();
  const current = pages.find((page) => page.group !== 'main' && page.path === pathname);
  return (
    <Menu shadow="md" width={260} position="bottom-start" onChange={(opened) => !opened && onNavigate()}>
      <Menu.Target>
        <button type="button" className={classes.link} data-active={current !== undefined || undefined}>
          <Icon name={current?.icon ?? 'server'} />
          <span>Status</span>
          {current && <Icon name="chevronRight" size={13} />}
          {current && <span>{current.title}</span>}
          <Icon name="chevronDown" size={14} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Monitoring</Menu.Label>
        {items(pages, 'monitoring', pathname)}
        <Menu.Divider />
        <Menu.Label>Server</Menu.Label>
        {items(pages, 'server', pathname)}
      </Menu.Dropdown>
    </Menu>
  );
}
