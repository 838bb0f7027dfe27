// The way through a long list: on, and back to its beginning. Plain links, so that each page has an address.

import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import type { Frame } from './models.ts';

export type ListPages = {
  readonly first: { readonly url: string; readonly label: string } | null;
  readonly more: { readonly url: string; readonly label: string } | null;
};

export function toWay(url: string | null, label: string): ListPages['first'] {
  return url === null ? null : { url, label };
}

export function renderListPages(frame: Frame, { first, more }: ListPages): Html | null {
  const link = (way: ListPages['first']): Html | null =>
    way === null ? null : html`<a class="button button-second" href="${safeUrl(way.url)}">${way.label}</a>`;
  return first === null && more === null
    ? null
    : html`<nav class="pages" aria-label="${frame.texts.t('list-pages')}">${link(first)} ${link(more)}</nav>`;
}
