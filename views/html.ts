// The only door to the template engine. It owns escaping; it must never offer a way around it: nothing outside this file can produce unescaped text,
// except a whole style sheet or script of our own, for the one page that is a file by itself (ADR-0025).
// Attributes in templates are always quoted: an unquoted value could add an attribute of its own.

import { html as template, raw } from 'hono/html';

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

/** What would end the element early, or begin a comment that swallows its end (HTML §13.2.5.4, script data states). */
const closing = /<\/(?:script|style)|<!--/i;

function toInline(tag: 'style' | 'script', text: string): Html {
  if (closing.test(text)) {
    throw new TypeError(`this text cannot stand inside a ${tag} element`);
  }
  return html`${raw(tag === 'style' ? `<style>${text}</style>` : `<script type="module">${text}</script>`)}`;
}

/** A style sheet of our own inside a page that has to be one file; its content security policy must name the digest of exactly this text. */
export const inlineStyle = (text: string): Html => toInline('style', text);

/** A script of our own as a module inside such a page, under the same condition. */
export const inlineScript = (text: string): Html => toInline('script', text);

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
