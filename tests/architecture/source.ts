// A source file as the rules see it: its text, the same text without comments and literals (offsets unchanged), its comments, its imports.

export type Import = { readonly specifier: string; readonly isType: boolean; readonly line: number; readonly clause: string };

export type Source = {
  /** Relative to the root of the project, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** Comments, and the contents of strings, templates and regular expressions, are blanks; code inside `${…}` stays. */
  readonly code: string;
  readonly comments: readonly string[];
  /** As they are written, with their flags. */
  readonly expressions: readonly string[];
  readonly commentLines: number;
  readonly lines: number;
  readonly imports: readonly Import[];
};

export function toSource(path: string, text: string): Source {
  const { code, comments, expressions, commentLines } = scan(text);
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  return { path, text, code, comments, expressions, commentLines, lines, imports: findImports(text, code) };
}

const inCode =
  /(?<comment>\/\/[^\n]*|\/\*[^]*?\*\/)|(?<literal>'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*")|(?<regex>(?<=(?:[=(,:[!&|?{};>]|\breturn|\bof|\bin)\s*)\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*)|[`{}]|[^'"`{}/]+|[^]/y;
const inTemplate = /\\[^]|\$\{|`|[^\\$`]+|[^]/y;

type Scan = Pick<Source, 'code' | 'comments' | 'expressions' | 'commentLines'>;

type Mode = 'code' | 'brace' | 'template';

type Token = { readonly text: string; readonly kind: 'comment' | 'literal' | 'regex' | 'plain' | 'template' };

/** Walks code and templates with a stack, because a template may hold code that holds a template. */
function scan(text: string): Scan {
  const stack: Mode[] = ['code'];
  const comments: string[] = [];
  const expressions: string[] = [];
  let code = '';
  for (let at = 0; at < text.length;) {
    const token = readToken(text, at, stack.at(-1) === 'template');
    if (token.kind === 'comment') {
      comments.push(token.text);
    } else if (token.kind === 'regex') {
      expressions.push(token.text);
    }
    code += toBlanked(token);
    turn(stack, token);
    at += token.text.length;
  }
  return { code, comments, expressions, commentLines: comments.join('\n').split('\n').length - (comments.length === 0 ? 1 : 0) };
}

function readToken(text: string, at: number, isTemplate: boolean): Token {
  const pattern = isTemplate ? inTemplate : inCode;
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  const kinds = ['comment', 'literal', 'regex'] as const;
  const kind = kinds.find((name) => match?.groups?.[name] !== undefined) ?? 'plain';
  return { text: match?.[0] ?? text.slice(at), kind: isTemplate ? 'template' : kind };
}

function turn(stack: Mode[], { text, kind }: Token): void {
  const opens: Readonly<Record<string, Mode>> = kind === 'template' ? { '${': 'brace' } : { '`': 'template', '{': 'brace' };
  const mode = opens[text];
  if (mode !== undefined) {
    stack.push(mode);
  } else if (text === (kind === 'template' ? '`' : '}') && stack.length > 1) {
    stack.pop();
  }
}

function toBlanked({ text, kind }: Token): string {
  switch (kind) {
    case 'plain':
      return text;
    case 'literal':
      return `${text.slice(0, 1)}${blank(text.slice(1, -1))}${text.slice(-1)}`;
    case 'template':
      return text === '`' || text === '${' ? text : blank(text);
    case 'comment':
    case 'regex':
      return blank(text);
  }
}

function blank(token: string): string {
  return token.replace(/[^\n]/g, ' ');
}

const fromPattern =
  /(?<![.\w$])(?:import|export)\s+(?<type>type\s)?(?<clause>(?:[\w$*][\w$\s,*]*)?(?:\{[^}]*\}\s*)?)from\s*(?<quote>['"]) *['"]/g;
const barePattern = /(?<![.\w$])import\s*\(?\s*(?<quote>['"`]) *['"`]/g;

function findImports(text: string, code: string): readonly Import[] {
  const found = [...code.matchAll(fromPattern), ...code.matchAll(barePattern)];
  return found.map((match) => {
    const whole = match[0];
    const opening = match.index + Math.max(whole.slice(0, -1).search(/['"`]/), 0);
    return {
      specifier: text.slice(opening + 1, match.index + whole.length - 1),
      isType: match.groups?.['type'] !== undefined,
      line: text.slice(0, match.index).split('\n').length,
      clause: match.groups?.['clause'] ?? '',
    };
  });
}
