// The list of saved questions, in plain words, by what brings an auditor to ask.

import { questionGroups } from './question-groups.ts';
import { toAuditNav } from './audit-parts.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import type { InCase } from './audit-model.ts';
import { renderBack } from './parts.ts';
import type { QuestionLink, QuestionsPage } from './question-model.ts';
import { toRichText } from './rich-text.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';

/** Inside a case: the way back to it. */
export function renderInCase({ texts }: StaffFrame, inCase: InCase): Html | false {
  return inCase !== null && renderBack(inCase.url, toRichText(texts, 'questions-in-case', { values: { number: inCase.number } }));
}

/** To the list of questions; inside a case, to that of the case. */
export function renderWayBack({ texts }: StaffFrame, inCase: InCase): Html {
  const all = texts.t('question-all');
  const number = inCase !== null && toRichText(texts, 'questions-in-case', { values: { number: inCase.number } });
  return number === false ? html`${all}` : html`<span>${all} · ${number}</span>`;
}

function renderLink({ texts }: StaffFrame, { name, url }: QuestionLink): Html {
  const { t } = texts;
  const title = t(`question-${name}-title`);
  return html`<li class="row">
    <div>
      <p class="row-title">${url === null ? title : html`<a href="${safeUrl(url)}" data-action="${name}">${title}</a>`}</p>
      <p class="small muted">${t(`question-${name}-meaning`)}</p>
      ${url === null && html`<p class="small"><span class="state">${t('questions-needs-case')}</span></p>`}
    </div>
    ${url !== null && html`<span class="row-end">${renderIcon('forward')}</span>`}
  </li>`;
}

export function renderQuestionsPage(frame: StaffFrame, page: QuestionsPage): string {
  const { t } = frame.texts;
  const groups = questionGroups.map((group) => {
    const own = page.links.filter((link) => link.group === group);
    return html`<section aria-labelledby="group-${group}">
      <h2 id="group-${group}" class="section-title">${t(`question-group-${group}`)}</h2>
      <ul class="rows">
        ${own.map((link) => renderLink(frame, link))}
      </ul>
    </section>`;
  });
  return renderStaffLayout(frame, {
    title: t('questions-title'),
    nav: toAuditNav(frame.texts, page.inCase === null ? 'questions' : 'cases'),
    main: html`${renderInCase(frame, page.inCase)}
      <div class="page-head">
        <h1>${t('questions-title')}</h1>
        <p class="lead">${t('questions-lead')}</p>
        <p class="muted">${t('audit-logged')}</p>
        <p class="actions">
          <a class="button button-second" href="${safeUrl(page.entriesUrl)}">${t('fact-entries-title')}</a>
          <a class="button button-text" href="${safeUrl(page.savedUrl)}">${t('saved-title')}</a>
        </p>
      </div>
      <div class="stack-wide page-body">${groups}</div>`,
  });
}
