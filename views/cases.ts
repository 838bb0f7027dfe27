// The cases behind "it was not me" at the counter: what waits, and one of them with what was done about it.

import type { Millis } from '../src/domain/kernel/clock.ts';
import type { PersonStatus } from '../src/domain/people/person.ts';
import type { CaseStep } from '../src/domain/protection/case.ts';
import type { NoticeKind } from '../src/domain/protection/notice.ts';
import { toDeviceName } from './device-name.ts';
import { renderErrorSummary } from './form-error.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderToken } from './layout.ts';
import { renderListPages, toWay } from './list-pages.ts';
import { toMasked } from './mask.ts';
import type { FormTarget } from './models.ts';
import { renderBack } from './parts.ts';
import { toRichText } from './rich-text.ts';
import type { Device } from './security-model.ts';
import { renderRadios } from './select.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';

export type CaseRow = {
  readonly caseNumber: string;
  readonly url: string;
  readonly kind: NoticeKind;
  readonly saidAt: Millis;
  readonly closedAt: Millis | null;
};

export type CasesPage = {
  readonly isOpen: boolean;
  /** Nobody is named in a list. */
  readonly cases: readonly CaseRow[];
  readonly openUrl: string;
  readonly closedUrl: string;
  readonly counterUrl: string;
  readonly moreUrl: string | null;
  readonly firstUrl: string | null;
};

export type CasePage = Omit<CaseRow, 'url'> & {
  readonly happenedAt: Millis;
  readonly device: Device | null;
  /** Null where the account or the case was closed. */
  readonly person: { readonly fullName: string; readonly numberEnding: string | null; readonly status: PersonStatus } | null;
  /** Newest first. */
  readonly steps: readonly { readonly at: Millis; readonly step: CaseStep }[];
  /** What can be noted. */
  readonly choices: readonly CaseStep[];
  readonly isStepMissing: boolean;
  /** Null once it is closed. */
  readonly form: FormTarget | null;
  readonly listUrl: string;
};

function renderNumber(number: string): Html {
  return html`<bdi class="code" dir="ltr">${number}</bdi>`;
}

function renderState({ texts, dates }: StaffFrame, closedAt: Millis | null): Html {
  return closedAt === null
    ? html`<span class="state state-care">${renderIcon('clock')}${texts.t('case-open')}</span>`
    : html`<span class="state state-good"
        >${renderIcon('tick')}${toRichText(texts, 'case-closed-on', { slots: { date: dates.shortDay(closedAt) } })}</span
      >`;
}

function renderRow(frame: StaffFrame, row: CaseRow): Html {
  const { texts, dates } = frame;
  return html`<li class="row" data-case-row>
    <div>
      <h2 class="row-title"><a href="${safeUrl(row.url)}">${renderNumber(row.caseNumber)}</a></h2>
      <p class="row-text">${texts.t(`alert-${row.kind}`)}</p>
      <p class="row-text">${dates.moment(row.saidAt)}</p>
    </div>
    <div class="row-end row-end-wrap">${renderState(frame, row.closedAt)}</div>
  </li>`;
}

export function renderCasesPage(frame: StaffFrame, page: CasesPage): string {
  const { t } = frame.texts;
  const other = page.isOpen
    ? html`<a href="${safeUrl(page.closedUrl)}">${t('cases-closed')}</a>`
    : html`<a href="${safeUrl(page.openUrl)}">${t('cases-open')}</a>`;
  return renderStaffLayout(frame, {
    title: t('cases-title'),
    main: html`${renderBack(page.counterUrl, t('counter-title'))}
      <div class="page-head">
        <h1>${t('cases-title')}</h1>
        <p class="lead">${t('cases-lead')}</p>
      </div>
      <div class="column stack">
        <h2>${t(page.isOpen ? 'cases-open' : 'cases-closed')}</h2>
        ${
          page.cases.length === 0
            ? html`<p class="empty">${t(page.isOpen ? 'cases-none' : 'cases-none-closed')}</p>`
            : html`<ul class="rows">
                ${page.cases.map((row) => renderRow(frame, row))}
              </ul>`
        }
        ${renderListPages(frame, { first: toWay(page.firstUrl, t('list-first')), more: toWay(page.moreUrl, t('list-more')) })}
        <p class="event-links">${other}</p>
      </div>`,
  });
}

function renderPerson({ texts }: StaffFrame, { person, closedAt }: Pick<CasePage, 'person' | 'closedAt'>): Html {
  const { t } = texts;
  if (person === null) {
    return html`${t(closedAt === null ? 'case-nobody' : 'case-over-nobody')}`;
  }
  const ending = person.numberEnding === null ? null : toRichText(texts, 'number-ending', { values: { digits: person.numberEnding } });
  return html`<bdi>${toMasked({ kind: 'name', text: person.fullName })}</bdi
    ><br />${ending !== null && html`<span class="small muted">${ending}</span><br />`}<span class="small muted"
      >${t(`person-${person.status}`)}</span
    >`;
}

function renderFacts(frame: StaffFrame, page: CasePage): Html {
  const { texts, dates } = frame;
  const { t } = texts;
  const device = page.device === null ? null : html`<br /><span class="small muted">${toDeviceName(texts, page.device)}</span>`;
  const facts: readonly (readonly [string, Html])[] = [
    [t('case-state'), renderState(frame, page.closedAt)],
    [t('case-person'), renderPerson(frame, page)],
    [t('case-what'), html`${t(`alert-${page.kind}`)}${device}`],
    [t('case-happened'), html`${dates.moment(page.happenedAt)}`],
    [t('case-said'), html`${dates.moment(page.saidAt)}`],
  ];
  return html`<dl class="facts">
    ${facts.map(
      ([label, value]) =>
        html`<div>
          <dt>${label}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

function renderSteps({ texts: { t }, dates }: StaffFrame, { steps }: CasePage): Html {
  return html`<section class="stack" aria-labelledby="steps">
    <h2 id="steps">${t('case-steps')}</h2>
    ${
      steps.length === 0
        ? html`<p class="muted">${t('case-steps-none')}</p>`
        : html`<ul class="rows">
            ${steps.map(
              ({ at, step }) =>
                html`<li class="row" data-step="${step}">
                  <div>
                    <p class="row-title">${t(`case-step-${step}`)}</p>
                    <p class="row-text">${dates.moment(at)}</p>
                  </div>
                </li>`,
            )}
          </ul>`
    }
  </section>`;
}

const missing = { code: 'officer/nothing-chosen', text: 'error-officer-nothing-chosen', field: 'step' } as const;

function renderForm({ texts }: StaffFrame, page: CasePage, form: FormTarget): Html {
  const { t } = texts;
  const wrong = page.isStepMissing ? t('case-step-missing') : null;
  const choices = page.choices.map((value) => ({ value, label: t(`case-step-${value}`) }));
  return html`${page.isStepMissing && renderErrorSummary(texts, missing)}
    <form class="stack" method="post" action="${safeUrl(form.action)}" novalidate>
      ${renderToken(form)}${renderRadios({ name: 'step', label: t('case-step'), choices, chosen: null, wrong })}
      <p class="actions">
        <button class="button" type="submit" name="act" value="note" data-action="note-case">${t('case-note')}</button>
        <button class="button button-second" type="submit" name="act" value="close" data-action="close-case">${t('case-close')}</button>
      </p>
      <p class="small muted">${t('case-hint')}</p>
    </form>`;
}

export function renderCasePage(frame: StaffFrame, page: CasePage): string {
  const { t } = frame.texts;
  return renderStaffLayout(frame, {
    title: t('case-title'),
    main: html`${renderBack(page.listUrl, t('cases-title'))}
      <div class="column stack-wide" data-case>
        <div class="page-head">
          <h1>${t('case-title')} ${renderNumber(page.caseNumber)}</h1>
        </div>
        ${renderFacts(frame, page)} ${renderSteps(frame, page)} ${page.form !== null && renderForm(frame, page, page.form)}
        <p class="event-links">
          <a href="/office/freeze">${t('counter-unfreeze')}</a>
          <a href="/office/recoveries">${t('office-recovery-title')}</a>
        </p>
      </div>`,
  });
}
