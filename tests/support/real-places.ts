// The addresses of the desk with values that lead somewhere: for walks that must not stop at doors that are shut for everybody.

import { questionCatalogue } from '../../src/domain/audit/questions/catalogue.ts';
import type { ParameterName } from '../../src/domain/audit/questions/question.ts';

/** By the part of an address that ends with the parameter: `/exports/:export`. Earlier parts are filled first. */
export type RealValues = ReadonlyMap<string, readonly string[]>;

export type Asked = Readonly<Partial<Record<ParameterName, string>>>;

/** Empty where a parameter has no value that leads anywhere. */
export function toRealPaths(path: string, values: RealValues): readonly string[] {
  const filled = [...values].reduce<readonly string[]>(
    (paths, [part, real]) =>
      paths.flatMap((each) => (each.includes(part) ? real.map((value) => each.replace(part, part.replace(/:\w+$/, value))) : [each])),
    [path],
  );
  return filled.filter((each) => !/[:*]\w/.test(each));
}

/** Everything that a question demands, and the person of the case where it takes one. */
export function toRealQuery(path: string, asked: Asked): string {
  const name = /\/questions\/([^/]+)/.exec(path)?.[1];
  const question = questionCatalogue.find((each) => each.name === name);
  const inCase = path.startsWith('/audit/cases/');
  const taken = (question?.parameters ?? []).filter(({ isRequired, name: each }) => isRequired || (inCase && each === 'person'));
  const press = path.includes('/api/') || path.includes('/file.') ? [] : [['ask', '1'] as const];
  const query = new URLSearchParams(
    [...press, ...taken.map(({ name: each }) => [each, asked[each] ?? ''] as const)].map(([...pair]) => pair),
  );
  return question === undefined || query.size === 0 ? '' : `?${query.toString()}`;
}

/** What is posted to an address: a form at the desks, JSON at an interface for programs. */
export function toPost(path: string, form: string, json: Readonly<Record<string, string>>): RequestInit {
  return path.includes('/api/')
    ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) }
    : { method: 'POST', body: new URLSearchParams(form) };
}
