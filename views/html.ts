// The only door to the template engine. It owns escaping; it must never offer a way around it: nothing outside this file can produce unescaped text.
// Attributes in templates are always quoted: an unquoted value could add an attribute of its own.

import { html as template } from 'hono/html';

/** Markup whose every dynamic part has been escaped. */
export type Html = Extract<ReturnType<typeof template>, { isEscaped: true }>;

export type HtmlValue = string | number | Html | false | null | undefined | readonly HtmlValue[];

/** Escapes text and quoted attribute values; `false`, `null` and `undefined` print nothing; lists are joined. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  const markup = template(strings, ...values);
  if (markup instanceof Promise) {
    throw new TypeError('a template was given a promise');
  }
  return markup;
}

/** The finished document as a plain string: the engine's markup is a String object, which a server would take for data. */
export function toDocument(page: Html): string {
  return `${html`<!doctype html>`}${page}`;
}

/**
 * An address for `href` and `action`. No escaping stops `javascript:` (it is valid text), so only http, https and this site's own paths pass;
 * everything else becomes `#`.
 */
export function safeUrl(url: string): string {
  const base = 'http://base.invalid';
  if (!URL.canParse(url, base)) {
    return '#';
  }
  const { protocol, origin } = new URL(url, base);
  // `//host` and `/\\host` look like a path and name another site, so the parsed origin decides, not the look.
  const isOwnPath = /^[/?#]/.test(url) && origin === base;
  const isWebAddress = /^https?:\/\//i.test(url) && (protocol === 'https:' || protocol === 'http:');
  return isOwnPath || isWebAddress ? url : '#';
}
