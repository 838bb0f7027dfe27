// Reporting something about a service, and what became of it.

import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderLayout, renderToken } from './layout.ts';
import { renderListPages, toWay } from './list-pages.ts';
import type { Frame } from './models.ts';
import { renderAsker, renderBack } from './parts.ts';
import { categories } from './report-model.ts';
import type { OwnReport, ReportPage, ReportsPage } from './report-model.ts';

function renderProblem({ texts: { t } }: Frame, { problem }: ReportPage): Html | null {
  const field = problem === 'category' ? `category-${categories[0]}` : 'words';
  return problem === null
    ? null
    : html`<div class="error-summary" role="alert" tabindex="-1" autofocus>
        <h2>${t('report-problem')}</h2>
        <p><a href="#${field}">${t(`report-problem-${problem}`)}</a></p>
      </div>`;
}

function renderCategories({ texts: { t } }: Frame, page: ReportPage): Html {
  const option = (category: (typeof categories)[number]): Html => {
    const id = `category-${category}`;
    const box =
      page.category === category
        ? html`<input type="radio" id="${id}" name="category" value="${category}" required checked />`
        : html`<input type="radio" id="${id}" name="category" value="${category}" required />`;
    return html`<div class="check">
      ${box}
      <label for="${id}">${t(`report-category-${category}`)}</label>
    </div>`;
  };
  return html`<fieldset>
    <legend><strong>${t('report-category')}</strong></legend>
    <div class="stack">${categories.map(option)}</div>
  </fieldset>`;
}

export function renderReportPage(frame: Frame, page: ReportPage): string {
  const { t } = frame.texts;
  const about =
    page.entryId === null
      ? html`<input type="hidden" name="service" value="${page.clientId}" />`
      : html`<input type="hidden" name="entry" value="${page.entryId}" />`;
  return renderLayout(frame, {
    title: t('report-title'),
    place: 'account',
    main: html`${renderBack(page.backUrl, t('report-back'))}
      <div class="column stack">
        ${renderProblem(frame, page)} ${renderAsker(page.asker)}
        <h1>${t('report-title')}</h1>
        <p class="lead">${t('report-lead')}</p>
        <form class="stack" method="post" action="${safeUrl(page.form.action)}">
          ${renderToken(page.form)}<input type="hidden" name="id" value="${page.id}" />${about} ${renderCategories(frame, page)}
          <div class="field">
            <label for="words">${t('report-words')}</label>
            <p class="hint" id="words-hint">${t('report-words-hint')}</p>
            <textarea
              class="input"
              id="words"
              name="words"
              rows="6"
              maxlength="${page.longest}"
              required
              dir="auto"
              aria-describedby="words-hint"
            >
${page.words}</textarea>
          </div>
          <p class="actions"><button class="button" type="submit" data-action="report">${t('report-send')}</button></p>
        </form>
      </div>`,
  });
}

function renderReport(frame: Frame, report: OwnReport): Html {
  const { texts, dates } = frame;
  const { t } = texts;
  return html`<li class="option">
    <div>
      <h2 class="row-title"><bdi class="code" dir="ltr">${report.caseNumber}</bdi> · <bdi>${report.serviceName}</bdi></h2>
      <p class="row-text">${t(`report-category-${report.category}`)}</p>
      <p class="row-text">${dates.moment(report.openedAt)}</p>
      ${report.words !== null && html`<p class="report-words" dir="auto">${report.words}</p>`}
      ${
        report.answer === null || report.closedAt === null
          ? html`<p>${t('report-waits')}</p>`
          : html`<h3>${t('report-answer')}</h3>
              <p class="row-text">${dates.moment(report.closedAt)}</p>
              <p class="report-words" dir="auto">${report.answer}</p>`
      }
      ${report.entryUrl !== null && html`<p class="event-links"><a href="${safeUrl(report.entryUrl)}">${t('report-entry')}</a></p>`}
    </div>
  </li>`;
}

export function renderReportsPage(frame: Frame, page: ReportsPage): string {
  const { t } = frame.texts;
  const sent =
    page.isSent &&
    html`<div class="notice notice-good" role="status">
      ${renderIcon('tick')}
      <div><p>${t('report-sent')}</p></div>
    </div>`;
  return renderLayout(frame, {
    title: t('reports-title'),
    place: 'account',
    main: html`${renderBack(page.accountUrl, t('place-account'))}
      <div class="column stack">
        <h1>${t('reports-title')}</h1>
        ${sent}
        ${
          page.reports.length === 0
            ? html`<p class="empty">${t('reports-none')}</p>`
            : html`<ul class="rows">
                ${page.reports.map((report) => renderReport(frame, report))}
              </ul>`
        }
        ${renderListPages(frame, { first: toWay(page.firstUrl, t('list-first')), more: toWay(page.moreUrl, t('list-more')) })}
      </div>`,
  });
}
