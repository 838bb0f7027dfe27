// One entry: what happened in words, every fact with its technical name, the other decisions of the same consent, and the proof.

import type { AuditEntryPage, Named } from './audit-model.ts';
import { renderCode, renderFacts, renderNamed, toAuditNav } from './audit-parts.ts';
import type { Fact } from './audit-parts.ts';
import { renderProof } from './audit-proof.ts';
import { renderEvent, toEventName, toEventStory } from './event-look.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import type { Texts } from './messages/messages.ts';
import { renderBack, renderMore } from './parts.ts';
import { toRichText } from './rich-text.ts';
import { renderShownNotice } from './shown-notice.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';

const actors = ['person', 'service', 'operator', 'officer', 'system'] as const;

function renderActor({ t }: Texts, { actor }: AuditEntryPage): Html | false {
  const kind = actors.find((known) => known === actor.kind);
  const words = kind === undefined ? actor.kind : t(`actor-${kind}`);
  const ref = actor.ref !== null && html` <span class="small muted">${renderCode(actor.ref)}</span>`;
  const name = actor.name !== null && html`${t('list-comma')}<bdi>${actor.name}</bdi>`;
  return words !== null && html`${words}${name}${ref}`;
}

function renderTime({ dates, texts }: StaffFrame, { row }: AuditEntryPage): Html {
  return html`${dates.day(row.at)}<br />${dates.clock(row.at)} ${texts.t('entry-country-time')}<br /><span class="small muted"
      >${renderCode(new Date(row.at).toISOString())}</span
    >`;
}

function renderPurpose({ t }: Texts, { row, purposeVersion }: AuditEntryPage): Html | false {
  const { purpose } = row;
  if (purpose === null) {
    return false;
  }
  const name = purposeVersion === null ? purpose.name : t('entry-purpose-version', { purpose: purpose.name, version: purposeVersion });
  return renderNamed({ ...purpose, name });
}

function renderList(list: readonly Named[]): Html | false {
  return (
    list.length > 0 &&
    html`<ul class="tight">
      ${list.map((named) => html`<li>${renderNamed(named)}</li>`)}
    </ul>`
  );
}

function renderPerson({ t }: Texts, { person, proof, pseudonym }: AuditEntryPage): Html {
  if (person === null) {
    return html`${t(proof.state === 'erased' ? 'entry-erased' : 'entry-person-none')}`;
  }
  const mask = html`<span class="digest digest-whole" dir="ltr">${person}</span><span class="small muted">${t('entry-person-mask')}</span>`;
  return pseudonym === null
    ? mask
    : html`<a href="${safeUrl(pseudonym.url)}" data-action="person">${renderCode(pseudonym.text)}</a><br /><span class="small muted"
          >${t('entry-person-case')}</span
        ><br />${mask}`;
}

function renderDecisions({ texts, dates }: StaffFrame, { decisions, row }: AuditEntryPage): Html | false {
  const items = decisions.map(({ index, type, at, url }) => {
    const isThis = index === row.index;
    const name = html`${toEventName(texts, type)}${texts.t('list-comma')}${dates.shortDay(at)} ${dates.clock(at)}`;
    const entry = isThis
      ? html`(${texts.t('entry-this')})`
      : html`<a href="${safeUrl(url)}">${toRichText(texts, 'entry-title', { values: { index } })}</a>`;
    return html`<li>${name} ${entry}</li>`;
  });
  return (
    items.length > 0 &&
    html`<ul class="tight">
      ${items}
    </ul>`
  );
}

function renderConsent({ t }: Texts, { consent }: AuditEntryPage): Html | false {
  return (
    consent !== null &&
    html`<bdi class="code code-long" dir="ltr">${consent.id}</bdi><br /><a href="${safeUrl(consent.proofUrl)}" data-action="prove"
        >${t('question-prove-consent-title')}</a
      >`
  );
}

function toFacts(frame: StaffFrame, page: AuditEntryPage): readonly Fact[] {
  const { texts } = frame;
  const { t } = texts;
  const { service } = page.row;
  return [
    [t('entry-time'), renderTime(frame, page)],
    [t('entry-by'), renderActor(texts, page)],
    [t('entries-service'), service !== null && html`${renderNamed(service)}<br /><bdi>${service.agencyName}</bdi>`],
    [t('entries-purpose'), renderPurpose(texts, page)],
    [t('entry-details'), renderList(page.row.details)],
    [t('entry-declined'), renderList(page.declined)],
    [t('entry-reason'), page.reason !== null && renderCode(page.reason)],
    [t('entry-person'), renderPerson(texts, page)],
    [t('entry-consent'), renderConsent(texts, page)],
    [t('entry-decisions'), renderDecisions(frame, page)],
    [t('entry-id'), html`<bdi class="code code-long" dir="ltr">${page.id}</bdi>`],
  ];
}

function renderParticulars({ t }: Texts, { payload }: AuditEntryPage): Html | false {
  const members = Object.entries(payload);
  const facts = members.map(([name, value]): Fact => [
    name,
    html`<bdi class="code code-long" dir="ltr">${typeof value === 'string' ? value : JSON.stringify(value)}</bdi>`,
  ]);
  return members.length > 0 && renderMore(t('entry-particulars'), html`<div dir="ltr">${renderFacts(facts)}</div>`);
}

function toBackLabel(texts: Texts, { inCase }: AuditEntryPage): Html {
  const all = texts.t('entries-title');
  const number = inCase !== null && toRichText(texts, 'questions-in-case', { values: { number: inCase.number } });
  return number === false ? html`${all}` : html`<span>${all} · ${number}</span>`;
}

export function renderAuditEntryPage(frame: StaffFrame, page: AuditEntryPage): string {
  const { texts } = frame;
  const { t } = texts;
  const { row } = page;
  return renderStaffLayout(frame, {
    title: t('entry-title-plain', { index: row.index }),
    nav: toAuditNav(texts, page.inCase === null ? 'entries' : 'cases'),
    script: frame.assets.audit,
    main: html`${renderBack(page.entriesUrl, toBackLabel(texts, page))}
      <div class="page-head">
        <h1>${toRichText(texts, 'entry-title', { values: { index: row.index } })}</h1>
        <p>${renderEvent(texts, row.type)} <span class="small muted">${renderCode(row.type)}</span></p>
      </div>
      <div class="pair" data-entry="${row.index}">
        <section class="stack" aria-labelledby="event">
          <h2 id="event">${t('entry-what')}</h2>
          <p>${toEventStory(texts, row.type)}</p>
          ${renderFacts(toFacts(frame, page))}
          <div>
            ${page.notice !== null && renderShownNotice(texts, page.notice)} ${renderParticulars(texts, page)}
            ${renderMore(t('entry-json'), html`<pre class="plain-text" dir="ltr" tabindex="0">${page.body}</pre>`)}
          </div>
        </section>
        ${renderProof(frame, page.proof)}
      </div>
      <p class="small muted section-body">${t('audit-logged')}</p>`,
  });
}
