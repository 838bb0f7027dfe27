import type { Source } from '../source.ts';

export type Violation = { readonly rule: string; readonly path: string; readonly detail: string };

/** A rule sees the whole tree, so that one shape fits rules about a file, a folder and the graph. */
export type Rule = (sources: readonly Source[]) => readonly Violation[];

/** A rule about each file by itself: returns what is wrong with it, one sentence each. */
export function perFile(rule: string, check: (source: Source) => readonly string[]): Rule {
  return (sources) => sources.flatMap((source) => check(source).map((detail) => ({ rule, path: source.path, detail })));
}

/** Every match of `pattern` in `text`, with its line. */
export function findLines(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map((match) => `line ${text.slice(0, match.index).split('\n').length}: ${match[0].trim()}`);
}

export function isScript(path: string): boolean {
  return /\.(ts|js|mjs)$/.test(path);
}

/** The product itself, in contrast to what surrounds it. */
export function isProduct(path: string): boolean {
  return path.startsWith('src/') || path.startsWith('views/');
}
