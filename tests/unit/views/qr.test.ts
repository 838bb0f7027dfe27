import fc from 'fast-check';
import decodeQR from 'qr/decode.js';
import { describe, expect, it } from 'vitest';
import { renderQr } from '../../../views/qr.ts';

const scale = 4;

/** The picture that a camera would see of the drawn path, black on white. */
function paint(svg: string): { readonly width: number; readonly height: number; readonly data: Uint8Array } {
  const size = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1]);
  const width = size * scale;
  const data = new Uint8Array(width * width * 4).fill(255);
  for (const [, x, y, run] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row += 1) {
      for (let column = Number(x) * scale; column < (Number(x) + Number(run)) * scale; column += 1) {
        data.set([0, 0, 0], (row * width + column) * 4);
      }
    }
  }
  return { width, height: width, data };
}

describe('a QR code', () => {
  it('is read as the text it was drawn from', () => {
    const links = fc.webUrl({ withFragments: true, size: 'medium' }).filter((url) => url.length < 400);
    fc.assert(
      fc.property(links, (url) => {
        expect(decodeQR(paint(String(renderQr(url, 'x'))))).toBe(url);
      }),
      { numRuns: 25 },
    );
  });

  it('has its label, its quiet zone and no other text', () => {
    const svg = String(renderQr('https://id.example/verify#i=7', 'Code "of" the receipt'));
    expect(svg).toContain('role="img" aria-label="Code &quot;of&quot; the receipt"');
    expect(svg).not.toContain('id.example');
    const columns = Array.from(svg.matchAll(/M(\d+) (\d+)h\d+v1h/g), ([, x, y]) => [Number(x), Number(y)]).flat();
    expect(Math.min(...columns)).toBe(4);
  });
});
