// What is wrong with the shape of a file, in the words of its writer and not of the library that looked.

type Issue = {
  readonly code?: string;
  readonly input?: unknown;
  readonly expected?: unknown;
  readonly keys?: unknown;
  readonly values?: unknown;
  readonly maximum?: unknown;
};

const names: ReadonlyMap<unknown, string> = new Map([
  ['object', 'an object'],
  ['record', 'an object'],
  ['array', 'a list'],
  ['string', 'a text'],
  ['number', 'a number'],
  ['int', 'a whole number'],
  ['boolean', 'true or false'],
  ['null', 'null'],
]);

function toKind(value: unknown): string {
  if (value === null) {
    return 'null';
  }
  return names.get(Array.isArray(value) ? 'array' : typeof value) ?? 'something else';
}

const toList = (values: unknown): string => (Array.isArray(values) ? values.map(String).join(', ') : '');

const byCode = new Map<string, (issue: Issue) => string>([
  ['unrecognized_keys', ({ keys }) => `has a member that is not known: ${toList(keys)}`],
  ['invalid_type', ({ expected, input }) => `must be ${names.get(expected) ?? String(expected)}, not ${toKind(input)}`],
  ['invalid_value', ({ values }) => `must be one of ${toList(values)}`],
  ['too_big', ({ maximum }) => `is longer than ${String(maximum)}`],
  ['too_small', () => 'is too short or too small'],
  ['invalid_format', () => 'is not in the form that it should have'],
  ['invalid_key', () => 'has a member whose name is not in the form that it should have'],
]);

/** Undefined leaves the library's own words. */
export function toShapeProblem(issue: Issue): string | undefined {
  if (issue.input === undefined && issue.code !== 'unrecognized_keys') {
    return 'is missing';
  }
  return byCode.get(issue.code ?? '')?.(issue);
}
