import { Burger } from '@mantine/core';
import { useState } from 'react';
import { Link, NavLink } from 'react-router';
import { Icon } from '../components/Icon';
import { agentMode, consolesLink } from './embedded';
import classes from './Header.module.css';
import { Logo } from './Logo';
import { pagesFor } from './pages';
import { ServerNotifications } from './ServerNotifications';
import { SettingsMenu } from './SettingsMenu';
import { StatusMenu } from './StatusMenu';
import { ThemeToggle } from './ThemeToggle';

export function Header() {
  const [opened, setOpened] = useState(false);
  const pages = pagesFor(agentMode);
  const close = () => setOpened(false);
  return (
    <header className={classes.header}>
      <a href="#content" className={classes.skip}>
        Skip to content
      </a>
      <Link to="/" className={classes.brand} aria-label="Narthex, start page">
        <Logo />
        <span>Narthex{agentMode && <small> Agent</small>}</span>
      </Link>
      <nav className={classes.nav} data-opened={opened || undefined} aria-label="Pages" id="pages">
        {consolesLink !== '' && (
          <a className={classes.link} href={consolesLink}>
            <Icon name="monitor" />
            <span>Consoles</span>
          </a>
        )}
        {pages
          .filter((page) => page.group === 'main')
          .map((page) => (
            <NavLink key={page.path} to={page.path} className={classes.link} onClick={close}>
              <Icon name={page.icon} />
              <span>{page.title}</span>
            </NavLink>
          ))}
        <StatusMenu pages={pages} onNavigate={close} />
      </nav>
      <div className={classes.tools}>
        <ServerNotifications />
        <ThemeToggle />
        <SettingsMenu />
        <Burger
          className={classes.burger}
          opened={opened}
          onClick={() => setOpened(!opened)}
          size="sm"
          color="#dfe4ea"
          aria-label={opened ? 'Close navigation' : 'Open navigation'}
          aria-expanded={opened}
          aria-controls="pages"
        />
      </div>
    </header>
  );
}
