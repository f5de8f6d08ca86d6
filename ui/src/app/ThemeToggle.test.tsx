import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { renderPage } from '../test/render';
import { ThemeToggle } from './ThemeToggle';

describe('ThemeToggle', () => {
  it('steps through the themes and remembers the choice', async () => {
    renderPage(<ThemeToggle />);
    const button = screen.getByRole('button');
    const labels: (string | null)[] = [];
    for (let i = 0; i < 3; i++) {
      await userEvent.click(button);
      labels.push(localStorage.getItem('mantine-color-scheme-value'));
    }
    expect([...labels].sort()).toEqual(['auto', 'dark', 'light']);
    expect(document.documentElement.getAttribute('data-mantine-color-scheme')).toBeDefined();
  });
});
