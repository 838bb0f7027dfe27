// A page that posts itself, because its answer or its next step has to be a form. With script it is gone before anybody reads it; without, a press does the same. It
// says where the way leads, and holds nothing of what is sent that could be read.

import type { GoOnPage } from './go-on-model.ts';
import { html, safeUrl } from './html.ts';
import { renderLayout } from './layout.ts';
import type { Frame } from './models.ts';
import { renderAsker } from './parts.ts';

export function renderGoOnPage(frame: Frame, { kind, asker, action, fields }: GoOnPage): string {
  const { t } = frame.texts;
  const title = kind === 'answer' && asker !== null ? t('go-on-title-answer', { service: asker.serviceName }) : t(`go-on-title-${kind}`);
  return renderLayout(frame, {
    title,
    plainScript: frame.assets.goOn,
    main: html`<div class="column stack" data-go-on="${kind}">
      ${asker !== null && renderAsker(asker)}
      <h1>${title}</h1>
      <p class="lead">${t(`go-on-text-${kind}`)}</p>
      <form method="post" action="${safeUrl(action)}" data-posts-itself>
        ${fields.map(({ name, value }) => html`<input type="hidden" name="${name}" value="${value}" />`)}
        <p class="actions"><button class="button" type="submit" data-action="go-on">${t('continue')}</button></p>
      </form>
      <p class="small muted">${t('go-on-stays')}</p>
    </div>`,
  });
}
