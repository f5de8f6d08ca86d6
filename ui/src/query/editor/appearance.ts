import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

// Colours are CSS variables, so that the theme can change under a living editor.
const highlight = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--promql-keyword)', fontWeight: '600' },
  { tag: tags.function(tags.variableName), color: 'var(--promql-function)' },
  { tag: tags.operatorKeyword, color: 'var(--promql-keyword)', fontWeight: '600' },
  { tag: tags.operator, color: 'var(--ink-soft)' },
  { tag: tags.modifier, color: 'var(--promql-keyword)', fontWeight: '600' },
  { tag: tags.string, color: 'var(--promql-string)' },
  { tag: tags.number, color: 'var(--promql-number)' },
  { tag: tags.labelName, color: 'var(--promql-label)' },
  { tag: tags.name, color: 'var(--mantine-color-text)' },
  { tag: tags.comment, color: 'var(--ink-soft)', fontStyle: 'italic' },
  { tag: tags.invalid, color: 'var(--state-down)' },
]);

const layout = EditorView.theme({
  '&': { fontSize: '0.92rem' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55', overflowX: 'auto' },
  '.cm-content': { padding: '0.45rem 0', caretColor: 'var(--mantine-color-text)' },
  '.cm-line': { padding: '0 0.2rem' },
  '.cm-placeholder': { color: 'var(--ink-soft)', fontFamily: 'var(--mantine-font-family)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    backgroundColor: 'color-mix(in srgb, var(--promql-keyword) 22%, transparent)',
  },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'transparent', color: 'var(--state-down)' },
  '.cm-cursor': { borderLeftColor: 'var(--mantine-color-text)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--promql-selection)',
  },
  '.cm-tooltip': {
    border: '1px solid var(--line)',
    borderRadius: '6px',
    backgroundColor: 'var(--surface)',
    color: 'var(--mantine-color-text)',
    boxShadow: '0 6px 20px rgb(0 0 0 / 18%)',
    overflow: 'hidden',
  },
  '.cm-tooltip.cm-tooltip-autocomplete': { marginTop: '0.4rem' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)', fontSize: '0.85rem', maxHeight: '20rem' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '0.2rem 0.6rem' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--mantine-primary-color-filled)',
    color: '#fff',
  },
  'li[aria-selected] .cm-completionDetail': { color: '#ffe8cc' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-completionDetail': { color: 'var(--ink-soft)', fontStyle: 'normal', float: 'right', paddingLeft: '2rem' },
  '.cm-tooltip.cm-completionInfo': { padding: '0.5rem 0.7rem', maxWidth: '24rem', fontSize: '0.82rem' },
  '.cm-diagnostic': { padding: '0.35rem 0.6rem', fontSize: '0.85rem' },
});

export const appearance: Extension = [layout, syntaxHighlighting(highlight)];
