import { Compartment } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import { useSettings } from '../../app/settings';
import { editorBase, promqlSupport } from './extensions';

export interface EditorHandle {
  /** Puts the text in the place of the selection. */
  insert: (text: string) => void;
  focus: () => void;
}

interface Props {
  value: string;
  onChange: (value: string) => void;
  onExecute: () => void;
  autoFocus: boolean;
  ref?: Ref<EditorHandle>;
}

/** The editor arrives after the page: by then the user may have opened a menu or typed elsewhere. */
function isFocusFree(): boolean {
  const { activeElement } = document;
  return activeElement === null || activeElement === document.body || activeElement instanceof HTMLAnchorElement;
}

/** A CodeMirror view under React: it owns the text while typing, `value` comes back in when it was changed elsewhere. */
export default function ExpressionEditor({ value, onChange, onExecute, autoFocus, ref }: Props) {
  const settings = useSettings();
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const support = useRef(new Compartment());
  const latest = useRef({ value, onChange, onExecute, settings, autoFocus });
  useEffect(() => {
    latest.current = { value, onChange, onExecute, settings, autoFocus };
  });

  useEffect(() => {
    if (host.current === null) return undefined;
    const start = latest.current;
    const editor = new EditorView({
      parent: host.current,
      doc: start.value,
      selection: { anchor: start.value.length },
      extensions: [
        editorBase(() => latest.current.onExecute()),
        support.current.of(promqlSupport(start.settings)),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) latest.current.onChange(update.state.doc.toString());
        }),
      ],
    });
    view.current = editor;
    if (start.autoFocus && isFocusFree()) editor.focus();
    return () => {
      view.current = null;
      editor.destroy();
    };
  }, []);

  useEffect(() => {
    view.current?.dispatch({ effects: support.current.reconfigure(promqlSupport(settings)) });
  }, [settings]);

  useEffect(() => {
    const doc = view.current?.state.doc;
    if (doc && doc.toString() !== value) view.current?.dispatch({ changes: { from: 0, to: doc.length, insert: value } });
  }, [value]);

  useImperativeHandle(ref, () => ({
    insert: (text) => view.current?.dispatch(view.current.state.replaceSelection(text)),
    focus: () => view.current?.focus(),
  }));

  return <div ref={host} data-testid="expression" />;
}
