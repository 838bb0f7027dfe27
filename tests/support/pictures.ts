// Pictures made of pictures: strips for the guides and the contact sheet of all pages. Chromium lays them out and packs them as WebP.

import { readFileSync, writeFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';

export type Layout = {
  readonly figures: readonly { readonly caption: string; readonly files: readonly string[] }[];
  readonly language: 'ar' | 'en';
  /** Of the whole, in pixels. */
  readonly width: number;
  /** Of each picture; what is longer is cut off below. */
  readonly heightLimit: number;
  /** How much smaller than it was taken. */
  readonly scale: number;
  readonly quality: number;
};

const style = `
  body { margin: 0; padding: 12px; display: flex; flex-wrap: wrap; align-items: flex-start; gap: 16px 20px; background: #e4eaeb; font: 13px sans-serif; }
  figure { margin: 0; display: grid; align-items: start; gap: 6px; }
  figure:has(div + div) { grid-template-columns: auto auto; }
  figcaption { grid-column: 1 / -1; }
  div { overflow: hidden; background: #ffffff; border: 1px solid #8ba0a5; }
  img { display: block; }`;

function readSource(file: string): string {
  return `data:image/png;base64,${readFileSync(file).toString('base64')}`;
}

function toDocument({ figures, language, heightLimit, scale }: Layout): string {
  const items = figures.map(({ caption, files }) => {
    const pictures = files.map(
      (file) => `<div style="max-block-size: ${heightLimit}px"><img style="zoom: ${scale}" src="${readSource(file)}"></div>`,
    );
    return `<figure>${caption === '' ? '' : `<figcaption>${caption}</figcaption>`}${pictures.join('')}</figure>`;
  });
  return `<!doctype html><html dir="${language === 'ar' ? 'rtl' : 'ltr'}"><style>${style}</style><body>${items.join('')}</body></html>`;
}

function toPacking(png: Buffer, quality: number): string {
  return `(async () => {
    const image = new Image();
    image.src = 'data:image/png;base64,${png.toString('base64')}';
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
    canvas.getContext('2d').drawImage(image, 0, 0);
    return canvas.toDataURL('image/webp', ${quality}).split(',')[1];
  })()`;
}

/** The size of what was written, in bytes. */
export async function writePicture(browser: Browser, layout: Layout, file: string): Promise<number> {
  const page = await browser.newPage({ viewport: { width: layout.width, height: 400 } });
  await page.setContent(toDocument(layout));
  const png = await page.screenshot({ fullPage: true });
  await page.setContent('');
  const packed = Buffer.from(await page.evaluate<string>(toPacking(png, layout.quality)), 'base64');
  await page.close();
  writeFileSync(file, packed);
  return packed.length;
}
