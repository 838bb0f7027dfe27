// One submission in words, with what is registered now beside it, and the two halves of the decision.

import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderToken } from './layout.ts';
import { enMembers } from './messages/en-members.ts';
import type { MessageKey, Texts } from './messages/messages.ts';
import { renderBack, renderMore } from './parts.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';
import type { FieldDifference, ShownChange, SubmissionPage, ValueLine } from './submission-model.ts';

const labels = {
  text: 'field-text',
  legalBasis: 'field-legal-basis',
  basisByKind: 'field-basis-by-kind',
  code: 'field-code',
  recipients: 'field-recipients',
  storage: 'field-storage',
  terms: 'field-terms',
  resources: 'field-resources',
  verification: 'field-verification',
  dpiaRef: 'field-dpia',
  attributes: 'field-attributes',
  retention: 'field-retention',
  expiresAfter: 'field-expires-after',
  isDefault: 'field-is-default',
  name: 'field-name',
  serviceClass: 'field-class',
  sector: 'field-sector',
  audience: 'field-audience',
  minimumLevel: 'field-minimum-level',
  registrationNumber: 'field-registration-number',
  contacts: 'field-contacts',
  client_secret: 'field-secret',
  jwks: 'field-keys',
  redirect_uris: 'field-redirect-uris',
  post_logout_redirect_uris: 'field-post-logout-uris',
  backchannel_logout_uri: 'field-logout-uri',
  description: 'field-description',
  support: 'field-support',
  offline_alternative: 'field-offline',
  delegation: 'field-delegation',
  sector_reason: 'field-sector-reason',
  environment: 'field-environment',
  organisation: 'field-organisation',
  hosts: 'field-hosts',
  like_names: 'field-like-names',
  resource_server: 'field-resource-server',
  resource_access: 'field-resource-access',
} as const satisfies Readonly<Record<string, MessageKey>>;

type Member = keyof typeof enMembers extends `member-${infer Name}` ? Name : never;

const isMember = (name: string): name is Member => Object.hasOwn(enMembers, `member-${name}`);

const labelByName: ReadonlyMap<string, MessageKey> = new Map(Object.entries(labels));

function renderLabel({ t }: Texts, { name }: FieldDifference): Html {
  const key = labelByName.get(name);
  if (key !== undefined) {
    return html`${t(key)}`;
  }
  const code = html`<bdi class="code code-long" dir="ltr">${name}</bdi>`;
  return isMember(name) ? html`${t(`member-${name}`)} ${code}` : code;
}

const directions = { ar: 'rtl', en: 'ltr' } as const;

function renderLine({ text, language, isCode }: ValueLine): Html {
  if (isCode) {
    return html`<li><bdi class="code code-long" dir="ltr">${text}</bdi></li>`;
  }
  return language === null
    ? html`<li><bdi>${text}</bdi></li>`
    : html`<li><bdi lang="${language}" dir="${directions[language]}">${text}</bdi></li>`;
}

function renderLines(texts: Texts, lines: readonly ValueLine[]): Html {
  return lines.length === 0
    ? html`<p class="muted">${texts.t('field-nothing')}</p>`
    : html`<ul>
        ${lines.map(renderLine)}
      </ul>`;
}

/** `how` tells what stood before: what is in force now, or what was when it ended. */
function renderField(texts: Texts, field: FieldDifference, how: ShownChange['how']): Html {
  const before =
    field.before !== null &&
    html`<div class="difference-before">
      <p class="small muted">${texts.t(how === 'created' ? 'field-before-end' : 'field-before')}</p>
      ${renderLines(texts, field.before)}
    </div>`;
  const heading = field.before !== null && html`<p class="small muted">${texts.t('field-after')}</p>`;
  return html`<div>
    <dt>${renderLabel(texts, field)}</dt>
    <dd class="difference">
      ${before}
      <div class="difference-after">${heading}${renderLines(texts, field.after)}</div>
    </dd>
  </div>`;
}

const tones = { created: 'state-care', changed: 'state-care', retired: '' } as const;

/** Where only differences stand above: of what changes, and of what comes back. */
function renderWhole(texts: Texts, { whole, how, fields }: ShownChange): Html | false {
  const isDifference = how === 'changed' || fields.some(({ before }) => before !== null);
  return (
    isDifference &&
    whole.length > 0 &&
    renderMore(texts.t('submission-whole'), html`<dl class="facts">${whole.map((field) => renderField(texts, field, how))}</dl>`)
  );
}

const languageNames = { ar: 'العربية', en: 'English' } as const;

function renderPreviews({ t }: Texts, { previews }: ShownChange): Html | false {
  const links = previews.map(
    ({ kind, language, url }) =>
      html`<li>
        <a href="${safeUrl(url)}" data-action="preview"
          >${t('submission-preview', { kind: t(`kind-${kind}`) })} (<span lang="${language}" dir="${directions[language]}"
            >${languageNames[language]}</span
          >)</a
        >
      </li>`,
  );
  return (
    links.length > 0 &&
    html`<div class="section-body">
      <h3>${t('submission-previews')}</h3>
      <ul class="tight">
        ${links}
      </ul>
    </div>`
  );
}

function renderReview({ t }: Texts, { review: { reviewClass, reasons } }: ShownChange): Html {
  return html`<p class="section-intro small">
    <span class="state ${reviewClass === 'dual' ? 'state-care' : ''}">${t(`review-${reviewClass}`)}</span>
    ${reasons.map((reason) => t(`review-reason-${reason}`)).join(' ')}
  </p>`;
}

function renderApprovals({ texts: { t }, dates }: StaffFrame, { approvals }: SubmissionPage): Html | false {
  return (
    approvals.length > 0 &&
    html`<ul class="tight">
      ${approvals.map(({ name, at, reason }) => html`<li>${t('review-by-one', { name })} · ${dates.moment(at)}${reason !== '' && html`<br /><bdi>${reason}</bdi>`}</li>`)}
    </ul>`
  );
}

function renderVersion({ t }: Texts, { version }: ShownChange): Html | false {
  if (version === null) {
    return false;
  }
  const { before, after } = version;
  return html`<p class="small muted">
    ${before === null ? t('change-version-first', { after }) : t('change-version', { before, after })}
  </p>`;
}

function renderChange({ texts }: StaffFrame, change: ShownChange, index: number): Html {
  const { t } = texts;
  const fields =
    change.fields.length > 0 && html`<dl class="facts">${change.fields.map((field) => renderField(texts, field, change.how))}</dl>`;
  return html`<section class="counter-step" aria-labelledby="change-${index}">
    <h2 id="change-${index}">
      <span class="state ${tones[change.how]}">${t(`change-${change.what}-${change.how}`)}</span> <bdi>${change.name}</bdi>
    </h2>
    ${change.within !== null && html`<p class="muted"><bdi>${change.within}</bdi></p>`} ${renderVersion(texts, change)}
    ${renderReview(texts, change)} ${fields} ${renderWhole(texts, change)} ${renderPreviews(texts, change)}
  </section>`;
}

function renderNotice(texts: Texts, key: MessageKey): Html {
  return html`<div class="notice notice-care">
    ${renderIcon('care')}
    <div><p>${texts.t(key)}</p></div>
  </div>`;
}

const hindrances = {
  'submission/stale': 'submission-stale',
  'submission/conflicting': 'submission-conflicting',
  'submission/unproven': 'submission-unproven',
} as const;

function renderButtons({ t }: Texts, page: SubmissionPage): Html {
  const approve =
    page.hindrance === null &&
    !page.isApprovedByReader &&
    html`<button class="button button-second" type="submit" name="decision" value="approve" data-action="approve">
      ${t('submission-approve')}
    </button>`;
  return html`<div class="choice">
    ${approve}
    <button class="button button-second" type="submit" name="decision" value="decline" data-action="decline">
      ${t('submission-decline')}
    </button>
  </div>`;
}

function renderDecision(frame: StaffFrame, page: SubmissionPage): Html {
  const { texts } = frame;
  const { t } = texts;
  const error = page.lacksReason && html`<p class="field-error" id="reason-error">${t('submission-lacks-reason')}</p>`;
  const described = page.lacksReason ? 'reason-hint reason-error' : 'reason-hint';
  return html`<section class="counter-step" aria-labelledby="decision">
    <h2 id="decision">${t('submission-decision')}</h2>
    <p><span class="state ${page.review === 'dual' ? 'state-care' : ''}">${t(`review-${page.review}`)}</span></p>
    ${renderApprovals(frame, page)} ${page.isApprovedByReader && renderNotice(texts, 'review-yours')}
    <form class="column stack" method="post" action="${safeUrl(page.form.action)}">
      ${renderToken(page.form)} ${page.hindrance !== null && renderNotice(texts, hindrances[page.hindrance])}
      <div class="field">
        <label for="reason">${t('submission-reason')}</label>
        <p class="hint" id="reason-hint">${t('submission-reason-hint')}</p>
        ${error}
        <textarea
          class="input"
          id="reason"
          name="reason"
          rows="3"
          maxlength="500"
          aria-describedby="${described}"
          aria-invalid="${page.lacksReason ? 'true' : 'false'}"
        ></textarea>
      </div>
      ${renderButtons(texts, page)}
      <p class="small muted">${t('submission-logged')}</p>
    </form>
  </section>`;
}

export function renderSubmissionPage(frame: StaffFrame, page: SubmissionPage): string {
  const { texts, dates } = frame;
  const { t } = texts;
  return renderStaffLayout(frame, {
    title: t('submission-title'),
    main: html`${renderBack(page.listUrl, t('desk-approver'))}
      <div class="page-head">
        <h1>${t('submission-title')}</h1>
        <p>${t('submission-lead')}</p>
        <p class="small muted">${t('submission-by-operator')} · ${dates.moment(page.submittedAt)}</p>
      </div>
      <div class="stack-wide">
        ${page.changes.map((change, index) => renderChange(frame, change, index))} ${renderDecision(frame, page)}
      </div>`,
  });
}
