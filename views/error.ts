// Every error: what happened, what it means for the person's data, what to do, a number to quote. In that order, and never a code in words.

import { html, safeUrl } from './html.ts';
import { renderLayout } from './layout.ts';
import type { Texts } from './messages/messages.ts';
import type { ErrorPage, ErrorText, Frame } from './models.ts';

export type ErrorWords = { readonly title: string; readonly meaning: string; readonly next: string };

/** The three sentences of an error, also for answers to the ceremony script. */
export function toErrorWords(texts: Texts, text: ErrorText): ErrorWords {
  return { title: texts.t(`${text}-title`), meaning: texts.t(`${text}-meaning`), next: texts.t(`${text}-next`) };
}

/** Where somebody may stand who has no passkey any more. */
const recoverable = /^(?:passkey\/unknown|passkey\/refused|enrolment\/invalid-link|recovery\/.*)$/;

/** Where somebody may stand whose identity is frozen. Everybody who is refused there reads it. */
const unfreezable = /^(?:passkey\/unknown|passkey\/refused|passkey\/suspended|enrolment\/.*|recovery\/.*|notice\/link-invalid)$/;

export function renderErrorPage(frame: Frame, page: ErrorPage): string {
  const { texts, dates } = frame;
  const { t } = texts;
  const words = toErrorWords(texts, page.text);
  const back =
    page.back !== null &&
    html`<p class="actions"><a class="button" href="${safeUrl(page.back.url)}">${t('error-back', { name: page.back.name })}</a></p>`;
  const served =
    page.served !== undefined &&
    html`<p data-served>
      ${t('error-served', { name: page.served.name, kinds: page.served.kinds.map((kind) => t(`kind-${kind}`)).join(t('list-comma')) })}
    </p>`;
  return renderLayout(frame, {
    title: words.title,
    main: html`<div class="column stack" data-error="${page.code}">
      <h1>${words.title}</h1>
      <p class="lead">${words.meaning}</p>
      ${served}
      <h2>${t('error-next')}</h2>
      <ul class="plain-list">
        <li>${words.next}</li>
        <li>${t('error-repeats')}</li>
      </ul>
      ${recoverable.test(page.code) && html`<p><a href="/recover" data-action="recover">${t('recover-link')}</a></p>`}
      ${unfreezable.test(page.code) && html`<p><a href="/unfreeze" data-action="unfreeze">${t('unfreeze-link')}</a></p>`} ${back}
      <dl class="facts">
        <div>
          <dt>${t('error-reference')}</dt>
          <dd>
            <strong><bdi class="code" dir="ltr">${page.reference}</bdi></strong>
          </dd>
        </div>
        <div>
          <dt>${t('error-time')}</dt>
          <dd>${dates.moment(page.at)}</dd>
        </div>
      </dl>
    </div>`,
  });
}
