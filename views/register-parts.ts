// What the pages of the public register share.

import { html } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import type { Frame } from './models.ts';
import type { RegisterRow } from './register-model.ts';

const looks = {
  active: { icon: 'tick', tone: 'state-good' },
  suspended: { icon: 'bars', tone: 'state-care' },
  retired: { icon: 'cross', tone: '' },
} as const;

export function renderStatus({ texts }: Frame, status: RegisterRow['status']): Html {
  const { icon, tone } = looks[status];
  return html`<span class="state ${tone}">${renderIcon(icon)}${texts.t(`register-status-${status}`)}</span>`;
}
