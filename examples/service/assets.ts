// The style sheet and the letters of the service's pages.

import { readFileSync } from 'node:fs';
import type { Context } from 'koa';

const fonts = new URL('./files/', import.meta.resolve('@fontsource/ibm-plex-sans-arabic/index.css'));

const assets: Readonly<Record<string, { readonly at: URL; readonly type: string }>> = {
  '/service.css': { at: new URL('service.css', import.meta.url), type: 'text/css' },
  '/icon.svg': { at: new URL('icon.svg', import.meta.url), type: 'image/svg+xml' },
  '/arabic.woff2': { at: new URL('ibm-plex-sans-arabic-arabic-400-normal.woff2', fonts), type: 'font/woff2' },
  '/latin.woff2': { at: new URL('ibm-plex-sans-arabic-latin-400-normal.woff2', fonts), type: 'font/woff2' },
  '/arabic-bold.woff2': { at: new URL('ibm-plex-sans-arabic-arabic-700-normal.woff2', fonts), type: 'font/woff2' },
  '/latin-bold.woff2': { at: new URL('ibm-plex-sans-arabic-latin-700-normal.woff2', fonts), type: 'font/woff2' },
};

export function sendAsset(ctx: Context): void {
  const asset = ctx.method === 'GET' ? assets[ctx.path] : undefined;
  if (asset !== undefined) {
    ctx.type = asset.type;
    ctx.set('Cache-Control', 'max-age=3600');
    ctx.body = readFileSync(asset.at);
  }
}
