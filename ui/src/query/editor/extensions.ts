import { autocompletion, closeBrackets, closeBracketsKeymap, startCompletion } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, insertNewlineAndIndent } from '@codemirror/commands';
import { bracketMatching, indentOnInput } from '@codemirror/language';
import { lintKeymap } from '@codemirror/lint';
import type { Extension } from '@codemirror/state';
import { EditorView, drawSelection, highlightSpecialChars, keymap, placeholder } from '@codemirror/view';
import { PromQLExtension, newCompleteStrategy } from '@prometheus-io/codemirror-promql';
import { pathPrefix } from '../../api/prefix';
import type { Settings } from '../../app/settings';
import { appearance } from './appearance';
import { HistoryCompletion } from './historyCompletion';

/** Language support: highlighting always, completion from the server and checks as the settings want. */
export function promqlSupport(settings: Settings): Extension {
  const language = newCompleteStrategy({ remote: { url: pathPrefix, httpMethod: 'GET' } });
  return new PromQLExtension()
    .activateCompletion(settings.completion)
    .activateLinter(settings.linting)
    .setComplete({ completeStrategy: settings.queryHistory ? new HistoryCompletion(language) : language })
    .asExtension();
}

/** Everything about the editor that does not depend on settings. */
export function editorBase(execute: () => void): Extension {
  const run = () => {
    execute();
    return true;
  };
  const leave = (view: EditorView) => {
    view.contentDOM.blur();
    return true;
  };
  return [
    appearance,
    highlightSpecialChars(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    autocompletion({ icons: false, maxRenderedOptions: 200 }),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': 'PromQL expression' }),
    placeholder('Expression (Enter executes, Shift+Enter starts a new line)'),
    // An open completion list takes Enter and Escape first: its own keys have the highest precedence.
    keymap.of([
      { key: 'Enter', run },
      { key: 'Mod-Enter', run },
      { key: 'Shift-Enter', run: insertNewlineAndIndent },
      { key: 'Ctrl-Space', run: startCompletion },
      ...closeBracketsKeymap,
      ...historyKeymap,
      ...lintKeymap,
      // Before the default keys, which would only shrink the selection.
      { key: 'Escape', run: leave },
      ...defaultKeymap,
    ]),
  ];
}
