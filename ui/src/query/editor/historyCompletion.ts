import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { CompleteStrategy } from '@prometheus-io/codemirror-promql';
import { queryHistory } from '../history';

const maxShown = 60;

function option(query: string, length: number): Completion {
  const short = query.replace(/\s+/g, ' ');
  return {
    label: short.length > maxShown ? `${short.slice(0, maxShown)}…` : short,
    detail: 'past query',
    ...(short.length > maxShown && { info: query }),
    // Takes the place of the whole expression: it is one.
    apply: (view) => view.dispatch({ changes: { from: 0, to: length, insert: query }, selection: { anchor: query.length } }),
    boost: -1,
  };
}

/** Adds past queries to what the language offers, while only the first word is being typed. */
export class HistoryCompletion implements CompleteStrategy {
  readonly #language: CompleteStrategy;

  constructor(language: CompleteStrategy) {
    this.#language = language;
  }

  async promQL(context: CompletionContext): Promise<CompletionResult | null> {
    const result = await this.#language.promQL(context);
    const { doc } = context.state;
    const firstWord = doc.length === context.pos && /^\s*\S*$/.test(doc.toString());
    if (!firstWord) return result;
    const options = queryHistory().map((query) => option(query, doc.length));
    if (result === null) return { from: 0, options };
    return { ...result, options: [...result.options, ...options] };
  }

  destroy(): void {
    this.#language.destroy?.();
  }
}
