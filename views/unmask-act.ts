// What is pressed about an unmasking, of one or of many: the two words of the second auditor, and the form that carries what a passkey confirms.

import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderToken } from './layout.ts';
import type { StaffFrame } from './staff-layout.ts';
import type { UnmaskConfirmPage, UnmaskPage } from './unmask-model.ts';

export const unconfirmed = { code: 'officer/unconfirmed', text: 'error-officer-unconfirmed', field: 'confirm' } as const;

export function renderCarried({ form, carried }: Pick<UnmaskConfirmPage, 'form' | 'carried'>): Html {
  return html`<form method="post" action="${safeUrl(form.action)}">
    ${renderToken(form)}${carried.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    <input type="hidden" name="confirmation" value="" />
  </form>`;
}

export function renderDecide({ texts: { t } }: StaffFrame, { decide }: Pick<UnmaskPage, 'decide'>): Html | false {
  if (decide === null) {
    return false;
  }
  if (decide === 'own') {
    return html`<p class="muted">${t('unmask-decide-own')}</p>`;
  }
  const button = (value: 'approve' | 'deny', look: string): Html =>
    html`<button class="${look}" type="submit" name="decision" value="${value}" data-action="${value}">
      ${t(`unmask-decide-${value}`)}
    </button>`;
  return html`<section class="stack" aria-labelledby="decide">
    <h2 id="decide">${t('unmask-decide')}</h2>
    <form method="post" action="${safeUrl(decide.action)}">
      ${renderToken(decide)}
      <div class="choice">${button('approve', 'button')} ${button('deny', 'button button-second')}</div>
    </form>
  </section>`;
}
