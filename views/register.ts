// The public register of services: a list that is searched without a script, and one page for each service. Readable by anybody, signed in or not.

import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderLayout } from './layout.ts';
import type { Frame } from './models.ts';
import { renderStatus } from './register-parts.ts';
import type { RegisterPage, RegisterProgramRow, RegisterRow } from './register-model.ts';

function renderSearch(frame: Frame, { query }: RegisterPage): Html {
  const { t } = frame.texts;
  return html`<form class="search column stack" method="get" action="/services" role="search">
    <label for="q">${t('register-search')}</label>
    <input class="input" id="q" name="q" type="search" maxlength="100" value="${query}" dir="auto" />
    <button class="button button-second" type="submit">${t('register-find')}</button>
  </form>`;
}

function renderRow(frame: Frame, row: RegisterRow): Html {
  return html`<li class="row">
    <div>
      <p class="row-title">
        <a href="${safeUrl(row.url)}"><bdi>${row.serviceName}</bdi></a>
      </p>
      <p class="row-text">
        <bdi>${row.agencyName}</bdi> ·
        ${row.purposes.map((text, index) => html`${index > 0 && frame.texts.t('list-comma')}<bdi>${text}</bdi>`)}
      </p>
    </div>
    <div class="row-end">${row.status !== 'active' && renderStatus(frame, row.status)}</div>
  </li>`;
}

function renderProgram(frame: Frame, { url, serviceName, agencyName, kind, about, status }: RegisterProgramRow): Html {
  const { t } = frame.texts;
  return html`<li class="row">
    <div>
      <p class="row-title">
        <a href="${safeUrl(url)}"><bdi>${serviceName}</bdi></a>
      </p>
      <p class="row-text">
        <bdi>${agencyName}</bdi> ·
        ${t(`register-kind-${kind}`)}${about.map((text, index) => html`${index === 0 ? ' · ' : t('list-comma')}<bdi>${text}</bdi>`)}
      </p>
    </div>
    <div class="row-end">${status !== 'active' && renderStatus(frame, status)}</div>
  </li>`;
}

function renderPrograms(frame: Frame, { programs }: RegisterPage): Html | false {
  const { t } = frame.texts;
  return (
    programs.length > 0 &&
    html`<section class="column" aria-labelledby="programs">
      <div class="section-head"><h2 id="programs">${t('register-programs')}</h2></div>
      <p class="section-intro muted small">${t('register-programs-lead')}</p>
      <ul class="rows">
        ${programs.map((program) => renderProgram(frame, program))}
      </ul>
    </section>`
  );
}

function renderRows(frame: Frame, page: RegisterPage): Html {
  const { t } = frame.texts;
  if (page.rows.length === 0) {
    return html`<p class="empty">${t('register-none')} <a href="/services">${t('register-all')}</a></p>`;
  }
  return html`<ul class="rows">
    ${page.rows.map((row) => renderRow(frame, row))}
  </ul>`;
}

export function renderRegisterPage(frame: Frame, page: RegisterPage): string {
  const { t } = frame.texts;
  return renderLayout(frame, {
    title: t('register-title'),
    main: html`<div class="page-head">
        <h1>${t('register-title')}</h1>
        <p class="lead">${t('register-lead')}</p>
      </div>
      <div class="stack-wide">
        ${renderSearch(frame, page)}
        <section class="column" aria-labelledby="found">
          <div class="section-head">
            <h2 id="found">${t(page.query === '' ? 'register-all' : 'register-found')}</h2>
            <p class="muted small">${t('register-count', { count: page.rows.length, total: page.total })}</p>
          </div>
          ${renderRows(frame, page)}
        </section>
        ${renderPrograms(frame, page)}
        <p class="small"><a href="${safeUrl(page.figuresUrl)}">${t('figures-link')}</a></p>
        <p class="small muted">${t('register-feed')} <a href="${safeUrl(page.feedUrl)}">${t('register-feed-link')}</a></p>
      </div>`,
  });
}
