export type TokenKind = 'key' | 'comment' | 'text' | 'mark';

export interface Token {
  kind: TokenKind;
  text: string;
}

const line = /^(\s*(?:- )*)(?:([^\s#'"][^:]*|"[^"]*"|'[^']*')(:)(?= |$))?(.*)$/;

/** Splits one line of YAML for colouring; it need not understand more than a server's own output. */
export function tokenizeYamlLine(text: string): Token[] {
  const match = line.exec(text);
  if (match === null) return [{ kind: 'text', text }];
  const [, indent = '', key = '', colon = '', rest = ''] = match;
  const comment = /^\s*#/.test(rest);
  const tokens: Token[] = [
    { kind: 'mark', text: indent },
    { kind: 'key', text: key },
    { kind: 'mark', text: colon },
    { kind: comment ? 'comment' : 'text', text: rest },
  ];
  return tokens.filter((token) => token.text !== '');
}
