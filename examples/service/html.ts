// Templates that escape whatever is put into them. Attributes in templates are always quoted.

export type Html = { readonly markup: string };
export type Value = Html | string | number | undefined | readonly Value[];

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

function toMarkup(value: Value): string {
  if (value === undefined) {
    return '';
  }
  if (typeof value === 'string' || typeof value === 'number') {
    return String(value).replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
  }
  return isList(value) ? value.map(toMarkup).join('') : value.markup;
}

/** `undefined` prints nothing; lists are joined. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return { markup: parts.map((part, index) => part + toMarkup(values[index])).join('') };
}
