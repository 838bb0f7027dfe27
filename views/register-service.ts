// One service in the public register: each purpose with its grounds, terms and details, what the service always learns, and what changed since when.

import { toDurationText } from './durations.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderLayout } from './layout.ts';
import type { MessageKey } from './messages/messages.ts';
import type { Frame } from './models.ts';
import { renderBack, renderDoor, renderMore } from './parts.ts';
import { renderOpens, renderOwnAccess } from './register-access.ts';
import { renderStatus } from './register-parts.ts';
import type { RegisterAttribute, RegisterChange, RegisterFact, RegisterPurpose, RegisterServicePage } from './register-model.ts';
import { renderFixedTerms } from './terms.ts';

function renderGrounds(frame: Frame, { grounds }: RegisterPurpose): Html {
  const { t } = frame.texts;
  return html`<ul class="tight">
    ${grounds.map(({ kind, basis, law }) => html`<li>${t(`kind-${kind}`)}: ${basis}${law !== null && html` – <bdi>${law}</bdi>`}</li>`)}
  </ul>`;
}

function renderAttribute(frame: Frame, { label, why, necessity, form, source }: RegisterAttribute): Html {
  const { t } = frame.texts;
  const chip = form !== 'raw' && html` <span class="attribute-form">${t(`form-${form}`)}</span>`;
  const from = source === null ? t('fact-source-self') : t('fact-source', { source });
  return html`<li class="row">
    <div>
      <p class="row-title">${label}${chip}</p>
      <p class="row-text"><bdi>${why}</bdi></p>
      <p class="row-text">${from}</p>
    </div>
    <div class="row-end"><span class="small">${t(`service-attribute-${necessity}`)}</span></div>
  </li>`;
}

function renderFact(label: string, content: Html | string): Html {
  return html`<div>
    <dt>${label}</dt>
    <dd>${content}</dd>
  </div>`;
}

function renderPurpose(frame: Frame, purpose: RegisterPurpose, index: number): Html {
  const { texts, dates } = frame;
  const { t } = texts;
  const id = `purpose-${index + 1}`;
  const since = purpose.since !== null && html` · ${t('register-since')} ${dates.shortDay(purpose.since)}`;
  return html`<section class="split" aria-labelledby="${id}">
    <div class="stack">
      <h2 id="${id}"><bdi>${purpose.text}</bdi></h2>
      <p class="small muted">${t('receipt-version', { version: purpose.version })}${since}</p>
      <h3>${t('register-may-ask')}</h3>
      <ul class="rows">
        ${purpose.attributes.map((attribute) => renderAttribute(frame, attribute))}
      </ul>
    </div>
    <div class="aside">
      <h3>${t('register-terms')}</h3>
      <dl class="terms">
        ${renderFact(t('register-grounds'), renderGrounds(frame, purpose))} ${renderFixedTerms(frame, purpose.terms)}
        ${renderFact(t('register-lasts'), toDurationText(texts, purpose.lasts))}
      </dl>
    </div>
  </section>`;
}

function renderFacts(facts: readonly RegisterFact[]): Html {
  const renderText = ({ text, url, isCode }: RegisterFact): Html => {
    const shown = isCode ? html`<bdi class="code code-long" dir="ltr">${text}</bdi>` : html`<bdi>${text}</bdi>`;
    return url === null ? shown : html`<a href="${safeUrl(url)}" rel="noreferrer">${shown}</a>`;
  };
  return html`<dl class="facts">${facts.map((fact) => renderFact(fact.label, renderText(fact)))}</dl>`;
}

const fieldKeys: ReadonlyMap<string, MessageKey> = new Map<string, MessageKey>([
  ['text', 'field-text'],
  ['legalBasis', 'field-legal-basis'],
  ['basisByKind', 'field-basis-by-kind'],
  ['code', 'field-code'],
  ['recipients', 'field-recipients'],
  ['storage', 'field-storage'],
  ['terms', 'field-terms'],
  ['resources', 'field-resources'],
  ['verification', 'field-verification'],
  ['dpiaRef', 'field-dpia'],
  ['attributes', 'field-attributes'],
  ['retention', 'field-retention'],
  ['expiresAfter', 'field-expires-after'],
  ['isDefault', 'field-is-default'],
  ['name', 'field-name'],
  ['audience', 'field-audience'],
  ['minimumLevel', 'field-minimum-level'],
  ['resource_server', 'field-resource-server'],
  ['resource_access', 'field-resource-access'],
]);

/** In words that people read; what is technical is named once, as such. */
function toFieldNames({ texts }: Frame, fields: readonly string[]): string {
  const names = fields.map((field) => texts.t(fieldKeys.get(field) ?? 'register-technical'));
  return [...new Set(names)].join(texts.t('list-comma'));
}

function toChangeKey({ what }: RegisterChange, kind: RegisterServicePage['kind']): MessageKey {
  return kind !== 'service' && (what === 'service' || what === 'status') ? `register-change-program-${what}` : `register-change-${what}`;
}

function renderChange(frame: Frame, change: RegisterChange, kind: RegisterServicePage['kind']): Html {
  const { texts, dates } = frame;
  const { t } = texts;
  const version = change.version !== null && html` · ${t('receipt-version', { version: change.version })}`;
  return html`<li>
    ${renderIcon(change.what === 'retired' ? 'cross' : 'scales')}
    <p class="event-time">${dates.shortDay(change.at)}${version}</p>
    <p class="event-title">${t(toChangeKey(change, kind))}${change.purpose !== null && html`: <bdi>${change.purpose}</bdi>`}</p>
    ${change.fields.length > 0 && html`<p>${toFieldNames(frame, change.fields)}</p>`}
    ${change.isApproved !== null && html`<p class="small muted">${t(change.isApproved ? 'about-approved' : 'about-bootstrap')}</p>`}
    <p class="small muted">${t('register-entry')} <bdi class="code" dir="ltr">${change.entry.toLocaleString('en')}</bdi></p>
    ${change.registered.length > 0 && renderMore(t('version-registered'), renderFacts(change.registered))}
  </li>`;
}

function renderHistory(frame: Frame, { changes, kind }: RegisterServicePage): Html {
  const { t } = frame.texts;
  const list =
    changes.length === 0
      ? html`<p class="muted">${t('register-no-changes')}</p>`
      : html`<ol class="thread">
          ${changes.map((change) => renderChange(frame, change, kind))}
        </ol>`;
  return html`<section class="stack" aria-labelledby="changes">
    <h2 id="changes">${t('register-changes')}</h2>
    ${list}
  </section>`;
}

function renderAlways(frame: Frame, { always }: RegisterServicePage): Html {
  return html`<section class="stack" aria-labelledby="always">
    <h2 id="always">${frame.texts.t('register-always')}</h2>
    <dl class="facts">${always.map(({ label, text }) => renderFact(label, text))}</dl>
  </section>`;
}

function renderAbout({ texts: { t } }: Frame, { about, kind }: RegisterServicePage): Html {
  return html`<section class="stack" aria-labelledby="about">
    <h2 id="about">${t(kind === 'service' ? 'about-title' : 'about-program')}</h2>
    ${renderFacts(about)}
  </section>`;
}

function renderClass({ texts: { t } }: Frame, { serviceClass, weaknesses }: RegisterServicePage): Html {
  const differences =
    weaknesses.length === 0
      ? html`<p>${t('class-full')}</p>`
      : html`<p>${t('class-less')}</p>
          <ul class="tight">
            ${weaknesses.map((weakness) => html`<li>${t(`weakness-${weakness}`)}</li>`)}
          </ul>`;
  return html`<section class="stack" aria-labelledby="class">
    <h2 id="class">${t('class-title')}</h2>
    <p>${t(`class-${serviceClass}`)} · <bdi class="code" dir="ltr">${serviceClass}</bdi></p>
    ${differences}
  </section>`;
}

function renderLinks({ texts }: Frame, page: RegisterServicePage): Html | null {
  const own = [
    { url: page.policyUrl, text: texts.t('register-policy') },
    { url: page.termsUrl, text: texts.t('register-service-terms') },
  ];
  const links = own.map(({ url, text }) => (url === null ? null : html`<a href="${safeUrl(url)}">${text}</a>`));
  const shown = [renderDoor(texts, page), ...links].filter((link) => link !== null);
  return shown.length === 0 ? null : html`<p class="event-links">${shown}</p>`;
}

/** For whom a service is, at which level; a program is named as such instead. */
function renderKind({ texts: { t } }: Frame, { kind, level, audience }: RegisterServicePage): Html {
  return kind === 'service'
    ? html`<span class="state">${t(`register-level-${level}`)}</span>
        <span class="state">${audience.map((each) => t(`kind-${each}`)).join(t('list-comma'))}</span>`
    : html`<span class="state">${t(`register-kind-${kind}`)}</span>`;
}

/** Only of what people sign in to. */
function renderForPeople(frame: Frame, page: RegisterServicePage): readonly Html[] {
  return page.kind === 'service' ? [renderAlways(frame, page)] : [];
}

export function renderRegisterServicePage(frame: Frame, page: RegisterServicePage): string {
  const { texts } = frame;
  const { t } = texts;
  const contact = page.contact !== null && html`<p>${t('term-contact')}: <bdi class="code code-long" dir="ltr">${page.contact}</bdi></p>`;
  return renderLayout(frame, {
    title: `${page.serviceName} – ${t('register-title')}`,
    main: html`${renderBack(page.listUrl, t('register-name'))}
      <div class="page-head">
        <h1><bdi>${page.serviceName}</bdi></h1>
        <p class="asker"><bdi>${page.agencyName}</bdi>${page.domain !== '' && html` · <bdi class="code" dir="ltr">${page.domain}</bdi>`}</p>
        <p class="states">${renderStatus(frame, page.status)} ${renderKind(frame, page)}</p>
        ${contact} ${renderLinks(frame, page)}
      </div>
      <div class="stack-wide">
        ${page.purposes.map((purpose, index) => renderPurpose(frame, purpose, index))} ${renderOpens(frame, page)}
        ${renderOwnAccess(frame, page)}
        <div class="pair">
          <div class="stack-wide">${renderAbout(frame, page)} ${page.kind === 'service' && renderClass(frame, page)}</div>
          <div class="stack-wide">${renderForPeople(frame, page)} ${renderHistory(frame, page)}</div>
        </div>
      </div>`,
  });
}
