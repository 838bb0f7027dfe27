// A page as a person would see it, marked as a preview: the values on it are samples and its buttons lead nowhere.

import { html } from './html.ts';
import type { Texts } from './messages/messages.ts';

/** Above the main part of a finished page, which stays as it is. */
export function markAsPreview(texts: Texts, document: string): string {
  const band = html`<div class="band" role="note">
    <div class="wrap"><p>${texts.t('preview-band')}</p></div>
  </div>`;
  return document.replace('<main ', () => `${band}<main `);
}

/** As a file by itself: style and letters stand inside, nothing is fetched, its buttons do nothing, and its links lead to files beside it or to `siteUrl`. */
export function toPreviewFile(document: string, { style, siteUrl }: { readonly style: string; readonly siteUrl: string }): string {
  return (
    document
      .replaceAll(/<link rel="(?:preload|icon)"[^>]*>/g, '')
      .replaceAll(/<script\b[^>]*><\/script>/g, '')
      .replaceAll(/(<form\b[^>]*?) method="post" action="[^"]*"/g, '$1 method="dialog"')
      .replaceAll(/href="\?([^"]*)"/g, 'href="$1"')
      // A function, so that no character of the address is a pattern.
      .replaceAll('href="/', () => `href="${siteUrl}/`)
      .replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${style}</style>`)
  );
}
