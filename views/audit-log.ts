// Whether the log is whole: its checkpoint and key, a comparison with a checkpoint that was kept, and the commands for whoever believes nobody.

import type { AuditLogPage } from './audit-model.ts';
import { renderCommands, renderFacts, renderNumber, toAuditNav } from './audit-parts.ts';
import { renderWitnesses } from './audit-witnesses.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderMore } from './parts.ts';
import { renderStaffLayout } from './staff-layout.ts';
import type { StaffFrame } from './staff-layout.ts';

function renderCheckpoint({ texts, dates }: StaffFrame, { head, log }: AuditLogPage): Html {
  const { t } = texts;
  const content =
    head === null
      ? html`<p class="empty">${t('audit-no-checkpoint-text')}</p>`
      : html`${renderFacts([
          [t('log-size'), renderNumber(head.size)],
          [t('log-signed-at'), html`${dates.day(head.at)}<br />${dates.clock(head.at)}`],
          [t('log-root'), html`<span class="digest" dir="ltr">${head.root}</span>`],
          [t('log-key'), html`<span class="digest" dir="ltr">${log}</span>`],
        ])}
        ${renderMore(t('log-text'), html`<pre class="plain-text" dir="ltr" tabindex="0" data-checkpoint>${head.text}</pre>`)}`;
  return html`<section class="stack" aria-labelledby="checkpoint">
    <h2 id="checkpoint">${t('log-checkpoint')}</h2>
    ${content}
  </section>`;
}

function renderKeep({ texts }: StaffFrame, page: AuditLogPage): Html {
  const { t } = texts;
  return html`<section class="stack" aria-labelledby="keep">
    <h2 id="keep">${t('log-keep')}</h2>
    <p>${t('log-keep-text')}</p>
    <p class="actions">
      <a class="button button-second" href="${safeUrl(page.checkpointUrl)}" download="kept-checkpoint.txt"
        >${t('log-download-checkpoint')}</a
      >
      <a class="button button-second" href="${safeUrl(page.keyUrl)}" download="log-key.txt">${t('log-download-key')}</a>
    </p>
  </section>`;
}

const outcomes = [
  { name: 'valid', icon: 'tick', look: 'result-good' },
  { name: 'invalid', icon: 'cross', look: 'result-stop' },
  { name: 'unsigned', icon: 'care', look: 'result-care' },
  { name: 'longer', icon: 'care', look: 'result-care' },
  { name: 'undecided', icon: 'care', look: 'result-care' },
] as const;

function renderOutcomes({ texts }: StaffFrame): Html {
  const { t } = texts;
  const boxes = outcomes.map(
    ({ name, icon, look }) =>
      html`<div data-compared="${name}" hidden>
        <div class="result ${look}">
          ${renderIcon(icon)}
          <div>
            <h3>${t(`compare-${name}`)}</h3>
            <p>${t(`compare-${name}-text`)}</p>
          </div>
        </div>
      </div>`,
  );
  return html`<div aria-live="polite">${boxes}</div>`;
}

function renderCompare(frame: StaffFrame, page: AuditLogPage): Html {
  const { t } = frame.texts;
  return html`<section class="stack" aria-labelledby="compare" data-compare="${page.consistencyUrl}" data-log="${page.log}">
    <h2 id="compare">${t('log-compare')}</h2>
    <p data-needs-script>${t('log-compare-script')}</p>
    <form class="stack" method="get" hidden>
      <p>${t('log-compare-text')}</p>
      <div class="field">
        <label for="kept">${t('log-compare-field')}</label>
        <p class="hint" id="kept-hint">${t('log-compare-hint')}</p>
        <textarea class="input" id="kept" rows="5" dir="ltr" spellcheck="false" required aria-describedby="kept-hint"></textarea>
      </div>
      <p class="actions"><button class="button" type="submit" data-action="compare">${t('log-compare-button')}</button></p>
    </form>
    ${renderOutcomes(frame)}
  </section>`;
}

function renderSelf({ texts }: StaffFrame): Html {
  const { t } = texts;
  return html`<section class="stack" aria-labelledby="self">
    <h2 id="self">${t('log-self')}</h2>
    <p>${t('log-self-whole')}</p>
    ${renderCommands('npx huwiya audit verify --config FILE --since kept-checkpoint.txt')}
    <p>${t('log-self-apart')}</p>
    ${renderCommands(
      'npx huwiya audit verifier > huwiya-verify.mjs',
      'npx huwiya audit export --config FILE log.jsonl',
      'node huwiya-verify.mjs log.jsonl --log-key log-key.txt --kept kept-checkpoint.txt',
    )}
    <p class="small muted">${t('log-self-mirror')}</p>
  </section>`;
}

export function renderAuditLogPage(frame: StaffFrame, page: AuditLogPage): string {
  const { texts } = frame;
  const { t } = texts;
  return renderStaffLayout(frame, {
    title: t('log-title'),
    nav: toAuditNav(texts, 'log'),
    script: frame.assets.audit,
    main: html`<div class="page-head">
        <h1>${t('log-title')}</h1>
        <p class="lead">${t('log-lead')}</p>
      </div>
      <div class="pair">
        <div class="stack-wide">${renderCheckpoint(frame, page)} ${renderWitnesses(frame, page.witnesses)} ${renderKeep(frame, page)}</div>
        <div class="stack-wide">${page.head !== null && renderCompare(frame, page)} ${renderSelf(frame)}</div>
      </div>`,
  });
}
