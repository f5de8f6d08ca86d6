import { createTheme } from '@mantine/core';

export const theme = createTheme({
  colors: {
    ember: ['#fff4ed', '#ffe6d5', '#fecdaa', '#fdac74', '#fb8a3c', '#f97316', '#ea580c', '#d94f0a', '#cc460b', '#c2410c'],
    // Slate instead of Mantine's neutral grey, in step with the surfaces of base.css.
    dark: ['#d5dbe2', '#b8c1cb', '#9aa5b1', '#75818e', '#3e4855', '#323a45', '#252b34', '#1d222a', '#161a20', '#101318'],
  },
  primaryColor: 'ember',
  // White text on it keeps a contrast of 5 : 1.
  primaryShade: 9,
  defaultRadius: 'sm',
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, sans-serif',
  fontFamilyMonospace:
    'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace',
  cursorType: 'pointer',
});
