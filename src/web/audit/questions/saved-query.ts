// What of an address is kept with a search: what it asks, and nothing of the page it was asked on.

const passing: ReadonlySet<string> = new Set(['as_of', 'after', 'ask', 'lang', 'limit', 'name', 'token']);

export function toSavedQuery(given: URLSearchParams): string {
  const kept = new URLSearchParams([...given].filter(([name, value]) => value !== '' && !passing.has(name)));
  kept.sort();
  return kept.toString();
}
