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

/** As a file by itself: the style sheet stands inside, and nothing is fetched. */
export function toPreviewFile(document: string, style: string): string {
  return document
    .replaceAll(/<link rel="(?:preload|icon)"[^>]*>/g, '')
    .replaceAll(/<script\b[^>]*><\/script>/g, '')
    .replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${style}</style>`);
}
