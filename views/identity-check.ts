// How the person's identity was checked, among what is held about them: the newest check, and of a number only its end.

import type { DetailsPage } from './details-model.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import type { Frame } from './models.ts';

type Check = NonNullable<DetailsPage['check']>;

function renderFact(label: string, value: Html | string): Html {
  return html`<div>
    <dt>${label}</dt>
    <dd>${value}</dd>
  </div>`;
}

export function renderIdentityCheck({ texts: { t }, dates }: Frame, { at, isHigh, by, documents }: Check): Html {
  const toDocument = ({ type, ending, country }: Check['documents'][number]): Html =>
    html`<p>
      ${t(`document-${type}`)} · <bdi class="code" dir="ltr">${country}</bdi> · ${t('check-ending')}
      <bdi class="code" dir="ltr">${ending}</bdi>
    </p>`;
  return html`<section aria-labelledby="identity-check" class="stack" data-identity-check>
    <h2 id="identity-check" class="section-title">${t('check-title')}</h2>
    <dl class="facts">
      ${renderFact(t('check-when'), dates.day(at))}
      ${renderFact(t('check-by'), by === null ? t('check-by-officer') : html`<bdi>${by}</bdi>`)}
      ${renderFact(t('check-documents'), html`${documents.map(toDocument)}`)}
      ${renderFact(t('check-level'), t(isHigh ? 'sheet-level-high' : 'sheet-level-substantial'))}
    </dl>
    <p class="small muted">${t('check-text')}</p>
  </section>`;
}
