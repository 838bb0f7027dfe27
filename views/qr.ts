// A QR code as SVG, drawn on the server: black on white also in the dark theme, with its own quiet zone, because a camera needs both.
// Whoever has the text can draw the code and whoever sees the code has the text: nothing secret goes in that is not secret on the page beside it.

import encodeQR from 'qr';
import { html } from './html.ts';
import type { Html } from './html.ts';

/** ISO/IEC 18004 §6.3.8: four modules of nothing on every side. */
const quiet = 4;

/** The dark modules of one row, joined where they touch, as path commands. */
function toRowPath(row: readonly boolean[], y: number): string {
  const runs: string[] = [];
  for (let x = 0; x < row.length; x += 1) {
    const start = x;
    while (row[x] === true) {
      x += 1;
    }
    if (x > start) {
      runs.push(`M${start} ${y}h${x - start}v1h-${x - start}z`);
    }
  }
  return runs.join('');
}

/** `label` says what the code carries, for those who do not see it; the text itself should stand beside it as a link or in words. */
export function renderQr(text: string, label: string): Html {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: quiet });
  const size = rows.length;
  return html`<svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label="${label}" shape-rendering="crispEdges">
    <path fill="#fff" d="M0 0h${size}v${size}h-${size}z" />
    <path fill="#000" d="${rows.map(toRowPath).join('')}" />
  </svg>`;
}
