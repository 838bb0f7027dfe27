// The proof of an entry. The server prepares every verdict and says none: the script shows the one that its own check came to, and without it
// the page says that nothing was checked, and how to check it.

import type { ShownProof } from './audit-model.ts';
import { renderCommands } from './audit-parts.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import type { IconName } from './icons.ts';
import type { Texts } from './messages/messages.ts';
import { renderMore } from './parts.ts';
import { toRichText } from './rich-text.ts';
import type { StaffFrame } from './staff-layout.ts';

type Proven = Extract<ShownProof, { state: 'proven' }>;

type Verdict = { readonly icon: IconName; readonly look: string; readonly title: string; readonly text: Html };

function renderVerdict({ icon, look, title, text }: Verdict): Html {
  return html`<div class="result ${look}">
    ${renderIcon(icon)}
    <div>
      <h3>${title}</h3>
      <p>${text}</p>
    </div>
  </div>`;
}

const verdicts = [
  { name: 'waiting', icon: 'clock', look: 'result-care' },
  { name: 'valid', icon: 'tick', look: 'result-good' },
  { name: 'invalid', icon: 'cross', look: 'result-stop' },
  { name: 'undecided', icon: 'care', look: 'result-care' },
] as const;

/** One is seen at a time, first that nothing was checked yet. */
function renderVerdicts(texts: Texts, { size }: Proven): Html {
  const shown = verdicts.map(({ name, icon, look }) => {
    const text = toRichText(texts, `proof-${name}-text`, { values: { size } });
    const box = renderVerdict({ icon, look, title: texts.t(`proof-${name}`), text });
    return name === 'waiting' ? html`<div data-verdict="${name}">${box}</div>` : html`<div data-verdict="${name}" hidden>${box}</div>`;
  });
  return html`<div aria-live="polite">${shown}</div>`;
}

const checks = ['form', 'entry-canonical', 'commitment', 'inclusion', 'checkpoint-signature'] as const;
type CheckName = (typeof checks)[number];

const results = [
  { name: 'passed', icon: 'tick', look: '' },
  { name: 'failed', icon: 'cross', look: 'failed' },
  { name: 'not-run', icon: 'dash', look: 'skipped' },
  { name: 'not-here', icon: 'dash', look: 'skipped' },
] as const;
type ResultName = (typeof results)[number]['name'];

function toResultText(texts: Texts, check: CheckName, steps: number): Readonly<Record<ResultName, string>> {
  return {
    passed: texts.t(`check-${check}-passed`, { steps }),
    failed: texts.t(`check-${check}-failed`),
    'not-run': texts.t('check-not-run'),
    'not-here': texts.t('check-not-here'),
  };
}

function renderCheck(texts: Texts, check: CheckName, { path }: Proven): readonly Html[] {
  const said = toResultText(texts, check, path.length);
  return results.map(({ name, icon, look }) => {
    const content = html`${renderIcon(icon)}
      <div><strong>${texts.t(`check-${check}`)}</strong><br /><span class="small">${said[name]}</span></div>`;
    return name === 'not-run'
      ? html`<li class="${look}" data-check="${check}" data-result="${name}">${content}</li>`
      : html`<li class="${look}" data-check="${check}" data-result="${name}" hidden>${content}</li>`;
  });
}

function renderPath(texts: Texts, { path }: Proven): Html {
  const steps =
    path.length === 0
      ? html`<p>${texts.t('proof-path-none')}</p>`
      : html`<p class="small muted">${texts.t('proof-path-text')}</p>
          <ol class="proof-path">
            ${path.map((hash) => html`<li><span class="digest" dir="ltr">${hash}</span></li>`)}
          </ol>`;
  return renderMore(texts.t('proof-path'), steps);
}

function renderFile(texts: Texts, proof: Proven): Html {
  return renderMore(
    texts.t('entry-proof-file'),
    html`<p class="small muted">${texts.t('entry-proof-file-text')}</p>
      <pre class="plain-text" dir="ltr" tabindex="0" data-proof>${proof.file}</pre>`,
  );
}

function renderProven({ texts, dates }: StaffFrame, proof: Proven): Html {
  const { t } = texts;
  const download = toRichText(texts, 'entry-download', { values: { file: proof.fileName } });
  return html`<div class="stack" data-proven>
    ${renderVerdicts(texts, proof)}
    <ul class="checks">
      ${checks.map((check) => renderCheck(texts, check, proof))}
    </ul>
    <p class="small muted">
      ${t('audit-checkpoint')}: ${dates.day(proof.signedAt)} ${dates.clock(proof.signedAt)}<br />
      ${t('log-key')}: <bdi class="code code-long" dir="ltr">${proof.log}</bdi>
    </p>
    <p>
      <a href="${safeUrl(proof.url)}" data-action="proof"><span>${download}</span></a>
    </p>
    <div>
      ${renderPath(texts, proof)} ${renderFile(texts, proof)}
      ${renderMore(
        t('entry-command'),
        html`<p>${t('entry-command-text')}</p>
          ${renderCommands('npx huwiya audit verifier > huwiya-verify.mjs', `node huwiya-verify.mjs ${proof.fileName} --log-key log-key.txt`)}`,
      )}
    </div>
  </div>`;
}

function renderUnproven(texts: Texts, state: 'missing' | 'erased'): Html {
  const look = state === 'missing' ? ({ icon: 'cross', look: 'result-stop' } as const) : ({ icon: 'dash', look: 'result-care' } as const);
  return renderVerdict({ ...look, title: texts.t(`proof-${state}`), text: html`${texts.t(`proof-${state}-text`)}` });
}

export function renderProof(frame: StaffFrame, proof: ShownProof): Html {
  const { texts } = frame;
  return html`<section class="stack" aria-labelledby="proof">
    <h2 id="proof">${texts.t('entry-proof')}</h2>
    ${proof.state === 'proven' ? renderProven(frame, proof) : renderUnproven(texts, proof.state)}
  </section>`;
}
