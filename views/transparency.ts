// Public figures: plain sentences first, then a small chart with the table beneath it, for each of three questions. Readable by anybody, without a script.

import type { Counts, Figure, Shown } from '../src/domain/audit/figures/figure.ts';
import { html, safeUrl } from './html.ts';
import type { Html } from './html.ts';
import { renderLayout } from './layout.ts';
import { locales } from './messages/messages.ts';
import type { MessageKey, Texts } from './messages/messages.ts';
import type { Frame } from './models.ts';
import { renderMore } from './parts.ts';
import type { FiguresMonth, FiguresRow, FiguresShown, TransparencyPage } from './transparency-model.ts';

const parts = {
  asking: ['asked', 'agreed', 'refused', 'overAsked'],
  using: ['signedIn', 'released'],
  taking: ['withdrawn', 'answered', 'answeredInTime', 'overdue', 'reported', 'reportAnswered'],
} as const satisfies Readonly<Record<string, readonly Figure[]>>;

type Part = keyof typeof parts;

export function toMonthName(language: Texts['language'], month: string): string {
  const format = new Intl.DateTimeFormat(`${locales[language]}-ca-gregory`, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return format.format(new Date(`${month}-15T00:00:00Z`));
}

const toNumber = (value: number): string => value.toLocaleString('en-GB');

/** In a sentence: "about 12,340", "fewer than 200". */
function toWords({ t }: Texts, shown: Shown): string {
  return typeof shown === 'number' ? t('figures-about', { count: toNumber(shown) }) : t('figures-fewer', { count: toNumber(shown.below) });
}

/** In a table. */
function renderShown({ t }: Texts, shown: Shown): Html {
  return typeof shown === 'number'
    ? html`<bdi dir="ltr">${toNumber(shown)}</bdi>`
    : html`<span class="muted">${t('figures-fewer', { count: toNumber(shown.below) })}</span>`;
}

type Bar = { readonly label: string; readonly shown: Shown };

/** Drawn as one length beside each name; what is hidden has none. The table beneath says the same in numbers. */
function renderChart({ texts }: Frame, title: string, bars: readonly Bar[]): Html | false {
  const most = Math.max(0, ...bars.map(({ shown }) => (typeof shown === 'number' ? shown : 0)));
  const toWidth = (shown: Shown): string => (typeof shown === 'number' ? ((100 * shown) / most).toFixed(1) : '0');
  return (
    most > 0 &&
    html`<h3 class="chart-title">${title}</h3>
      <ul class="bars" aria-label="${title}">
        ${bars.map(
          ({ label, shown }) =>
            html`<li>
              <span><bdi>${label}</bdi></span>
              <svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
                <rect width="100" height="1" class="bar-ground" />
                <rect width="${toWidth(shown)}" height="1" />
              </svg>
              <span>${renderShown(texts, shown)}</span>
            </li>`,
        )}
      </ul>`
  );
}

type Small = { readonly names: readonly string[]; readonly below: number };

/** Whoever has no number that is shown needs no row of their own: their names stand together. */
function renderSmall({ texts: { t } }: Frame, { names, below }: Small): Html | false {
  const listed = names.map((name, at) => html`${at > 0 && t('list-comma')}<bdi>${name}</bdi>`);
  return names.length > 0 && renderMore(t('figures-small', { count: names.length, below: toNumber(below) }), html`<p>${listed}</p>`);
}

function renderRow({ texts }: Frame, figures: readonly Figure[], row: { readonly name: Html; readonly figures: Counts<Shown> }): Html {
  return html`<tr>
    <th scope="row">${row.name}</th>
    ${figures.map((figure) => html`<td data-label="${texts.t(`figures-${figure}`)}">${renderShown(texts, row.figures[figure])}</td>`)}
  </tr>`;
}

function renderTable(frame: Frame, part: Part, { agencies, total, below }: FiguresShown): Html {
  const { t } = frame.texts;
  const figures: readonly Figure[] = parts[part];
  const isSmall = (row: FiguresRow): boolean => figures.every((figure) => typeof row.figures[figure] !== 'number');
  const told = agencies.filter((row) => !isSmall(row));
  const small = agencies.filter(isSmall).map(({ name }) => name);
  return html`<div class="table-region" role="region" aria-label="${t(`figures-part-${part}`)}" tabindex="0">
      <table class="table">
        <thead>
          <tr>
            <th scope="col">${t('figures-agency')}</th>
            ${figures.map((figure) => html`<th scope="col">${t(`figures-${figure}`)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${told.map(({ name, figures: counted }) => renderRow(frame, figures, { name: html`<bdi>${name}</bdi>`, figures: counted }))}
          ${renderRow(frame, figures, { name: html`${t('figures-total')}`, figures: total })}
        </tbody>
      </table>
    </div>
    ${renderSmall(frame, { names: small, below })}`;
}

const leadKeys = {
  asking: 'figures-lead-asking',
  using: 'figures-lead-using',
  taking: 'figures-lead-taking',
} as const satisfies Readonly<Record<Part, MessageKey>>;

function toLead(frame: Frame, part: Part, total: Counts<Shown>): string {
  const figures: readonly Figure[] = parts[part];
  return frame.texts.t(leadKeys[part], Object.fromEntries(figures.map((figure) => [figure, toWords(frame.texts, total[figure])])));
}

function renderPart(frame: Frame, part: Part, shown: FiguresShown): Html {
  const { t } = frame.texts;
  const [first] = parts[part];
  const toBar = ({ name, figures }: FiguresRow): Bar => ({ label: name, shown: figures[first] });
  return html`<div>
    <h2 id="${part}">${t(`figures-part-${part}`)}</h2>
    <p class="section-body column">${toLead(frame, part, shown.total)}</p>
    ${renderChart(frame, t(`figures-${first}`), shown.agencies.map(toBar))} ${renderTable(frame, part, shown)}
  </div>`;
}

function renderUncovered(frame: Frame, { unmaskedBy }: FiguresShown): Html | false {
  const { texts } = frame;
  const { t } = texts;
  const small = unmaskedBy.flatMap(({ name, people }) =>
    name === null || typeof people === 'number' ? [] : [{ name, below: people.below }],
  );
  const told = unmaskedBy.filter(({ name, people }) => name === null || typeof people === 'number');
  const rows = told.map(
    ({ name, people }) =>
      html`<tr>
        <th scope="row">${name === null ? t('figures-other-cases') : html`<bdi>${name}</bdi>`}</th>
        <td data-label="${t('figures-unmasked')}">${renderShown(texts, people)}</td>
      </tr>`,
  );
  return (
    unmaskedBy.length > 0 &&
    html`<div class="table-region section-body" role="region" aria-label="${t('figures-unmasked')}" tabindex="0">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">${t('figures-agency')}</th>
              <th scope="col">${t('figures-unmasked')}</th>
            </tr>
          </thead>
          <tbody>
            ${rows}
          </tbody>
        </table>
      </div>
      ${renderSmall(frame, { names: small.map(({ name }) => name), below: small[0]?.below ?? 0 })}`
  );
}

function renderUnmasked(frame: Frame, shown: FiguresShown): Html {
  const { texts } = frame;
  const { unmasked } = shown;
  return html`<section aria-labelledby="unmasked">
    <h2 id="unmasked">${texts.t('figures-part-unmasked')}</h2>
    <p class="section-body column">${texts.t('figures-lead-unmasked', { unmasked: toWords(texts, unmasked) })}</p>
    ${renderUncovered(frame, shown)}
  </section>`;
}

function renderHiding({ texts: { t } }: Frame, { below, step }: FiguresShown): Html {
  return html`<section aria-labelledby="hiding">
    <h2 id="hiding">${t('figures-hiding')}</h2>
    <p class="section-body column">${t('figures-hiding-text', { below: toNumber(below), step: toNumber(step) })}</p>
    <p class="section-body column muted">${t('figures-sums')}</p>
  </section>`;
}

function renderMonthRow({ texts }: Frame, { month, url, fileUrl, isShown, edition, digest, signedIn }: FiguresMonth): Html {
  const { t, language } = texts;
  const name = toMonthName(language, month);
  return html`<tr>
    <th scope="row">
      ${isShown ? html`<b>${name}</b>` : html`<a href="${safeUrl(url)}">${name}</a>`}
      ${edition > 1 && html`<span class="small muted">${t('figures-edition', { edition })}</span>`}
    </th>
    <td data-label="${t('figures-signedIn')}">${renderShown(texts, signedIn)}</td>
    <td data-label="${t('figures-file')}"><a href="${safeUrl(fileUrl)}" lang="en" dir="ltr">${month}.json</a></td>
    <td data-label="${t('figures-digest')}"><bdi class="code small" dir="ltr">${digest.slice(0, 12)}…</bdi></td>
  </tr>`;
}

/** With the newest month and the one before it, as they are called. */
function renderVerify({ texts: { t } }: Frame, { months, keysUrl, verifierUrl }: TransparencyPage): Html {
  const [month = '', earlier] = months.map((each) => `${each.month}.json`);
  const command = `node huwiya-verify.mjs ${month} --keys receipt-keys`;
  const lines = [command, ...(earlier === undefined ? [] : [`${command} --kept ${earlier}`])];
  return renderMore(
    t('figures-verify'),
    html`<p>${t('figures-verify-text')}</p>
      <ul class="inline-list">
        <li><a href="${safeUrl(keysUrl)}" download="receipt-keys">${t('figures-keys')}</a></li>
        <li><a href="${safeUrl(verifierUrl)}" download>${t('figures-verifier')}</a></li>
      </ul>
      <pre class="plain-text" dir="ltr" tabindex="0">${lines.join('\n')}</pre>
      <p>${t('figures-verify-kept')}</p>`,
  );
}

function renderMonths(frame: Frame, page: TransparencyPage): Html {
  const { months } = page;
  const { t, language } = frame.texts;
  const bars = months.slice(0, 12).toReversed();
  return html`<div>
    <h2 id="months">${t('figures-months')}</h2>
    ${renderChart(
      frame,
      t('figures-signedIn'),
      bars.map(({ month, signedIn }) => ({ label: toMonthName(language, month), shown: signedIn })),
    )}
    <div class="table-region" role="region" aria-label="${t('figures-months')}" tabindex="0">
      <table class="table">
        <thead>
          <tr>
            ${(['figures-month', 'figures-signedIn', 'figures-file', 'figures-digest'] as const).map(
              (key) => html`<th scope="col">${t(key)}</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${months.map((month) => renderMonthRow(frame, month))}
        </tbody>
      </table>
    </div>
    <div class="section-body column stack">
      <p class="muted">${t('figures-check')}</p>
      ${renderVerify(frame, page)}
    </div>
  </div>`;
}

function renderShownMonth(frame: Frame, shown: FiguresShown): Html {
  const { t, language } = frame.texts;
  const { dates } = frame;
  return html`<p class="lead"><b>${toMonthName(language, shown.month)}</b></p>
    <p class="muted small">
      ${t('figures-published')} ${dates.day(shown.publishedAt)}. ${t('figures-counted', { size: toNumber(shown.size) })}
    </p>
    ${
      shown.reason !== null &&
      html`<p class="notice">
        <span>${t('figures-corrected')} <bdi>${shown.reason}</bdi></span>
      </p>`
    }`;
}

export function renderTransparencyPage(frame: Frame, page: TransparencyPage): string {
  const { t } = frame.texts;
  const { shown } = page;
  return renderLayout(frame, {
    title: t('figures-title'),
    main: html`<div class="page-head">
        <h1>${t('figures-title')}</h1>
        <p class="lead">${t('figures-lead')}</p>
        ${shown !== null && renderShownMonth(frame, shown)}
      </div>
      <div class="stack-wide">
        ${
          shown === null
            ? html`<p class="empty">${t('figures-none')}</p>`
            : html`${(['asking', 'using', 'taking'] as const).map((part) => renderPart(frame, part, shown))} ${renderUnmasked(frame, shown)}
              ${renderHiding(frame, shown)} ${renderMonths(frame, page)}`
        }
      </div>`,
  });
}
