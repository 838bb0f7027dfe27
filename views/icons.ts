// Icons beside words, never instead of them: 24 px grid, hidden from screen readers. Directional ones turn around in Arabic.

import { html } from './html.ts';
import type { Html } from './html.ts';

const shapes = {
  tick: html`<path d="m5 12.5 4.5 4.5L19 7" />`,
  cross: html`<path d="m6 6 12 12M18 6 6 18" />`,
  clock: html`<circle cx="12" cy="12" r="9" /><path d="M12 7v5l3.5 2" />`,
  bars: html`<path d="M9 6v12M15 6v12" />`,
  barred: html`<circle cx="12" cy="12" r="9" /><path d="m5.7 5.7 12.6 12.6" />`,
  scales: html`<path d="M12 4v16M7 20h10M5 7h14M5 7l-3 7a3.2 3.2 0 0 0 6 0ZM19 7l-3 7a3.2 3.2 0 0 0 6 0Z" />`,
  key: html`<circle cx="8" cy="15.5" r="4" /><path d="M11 12.5 19.5 4M16 7.5l3 3M13.5 10l2 2" />`,
  care: html`<path d="M12 3.5 2.5 20h19ZM12 10v4.5M12 17.2v.1" />`,
  person: html`<circle cx="12" cy="8" r="4" /><path d="M4.5 20.5c.8-4 3.7-6 7.5-6s6.7 2 7.5 6" />`,
  dash: html`<path d="M6 12h12" />`,
  phone: html`<rect x="7" y="2.5" width="10" height="19" rx="2" /><path d="M11 18.5h2" />`,
  laptop: html`<rect x="4.5" y="5" width="15" height="10.5" rx="1" /><path d="M2 19h20" />`,
  'security-key': html`<rect x="8" y="9" width="8" height="12" rx="1.5" /><path d="M9.5 9V3h5v6M12 15v2" />`,
  arrow: html`<path d="M4 12h15M13 6l6 6-6 6" />`,
  back: html`<path d="m15 5-7 7 7 7" />`,
  forward: html`<path d="m9 5 7 7-7 7" />`,
} as const;

export type IconName = keyof typeof shapes;

const directional: ReadonlySet<string> = new Set(['arrow', 'back', 'forward']);

/** `more` adds class names. */
export function renderIcon(name: IconName, more = ''): Html {
  const classes = ['icon', directional.has(name) ? 'icon-directional' : '', more].filter((part) => part !== '').join(' ');
  return html`<svg class="${classes}" viewBox="0 0 24 24" aria-hidden="true">${shapes[name]}</svg>`;
}

/** The sign without its base: in the header it stands on the line. */
export const headerSign: Html = html`<svg class="sign" viewBox="7 3.5 24 19.5" aria-hidden="true">
  <path fill-rule="evenodd" d="M0 23H7V3.5A24 24 0 0 1 31 27.5V28H0ZM17.3 12.4A5.3 5.3 0 1 0 17.3 23A5.3 5.3 0 0 0 17.3 12.4Z" />
</svg>`;
