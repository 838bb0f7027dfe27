// The first page that somebody reads of an evidence pack: one file, in both languages, without anything from elsewhere. It says what the pack is, how to check
// it, and what it does not prove.

import type { PackSummary } from '../src/domain/audit/exports/pack.ts';
import { html, inlineStyle, toDocument } from './html.ts';
import type { Html } from './html.ts';
import type { MessageKey, Texts } from './messages/messages.ts';

export type PackReadme = { readonly texts: { readonly ar: Texts; readonly en: Texts } };

const style = inlineStyle(`
body{font:1rem/1.7 "IBM Plex Sans Arabic",system-ui,sans-serif;margin:0;color:#1b2a33;background:#f6f4ef}
main{max-width:46rem;margin:0 auto;padding:1.5rem;background:#fff}
h1{font-size:1.6rem;line-height:1.3}h2{font-size:1.15rem;margin-block:2rem .5rem}
dl{display:grid;grid-template-columns:minmax(9rem,auto) 1fr;gap:.4rem 1.5rem}dt{color:#50626d}dd{margin:0;overflow-wrap:anywhere}
pre{padding:.75rem 1rem;background:#eef1f2;overflow-x:auto;direction:ltr;text-align:left}
code{font-family:ui-monospace,monospace;font-size:.92em}
.not{border-inline-start:.3rem solid #a3552b;padding-inline-start:1rem}
article+article{margin-block-start:3rem;border-block-start:1px solid #c8d0d4;padding-block-start:1rem}
@media(max-width:30rem){dl{grid-template-columns:1fr}dd{margin-block-end:.5rem}}`);

type Row = readonly [key: MessageKey, value: string];

const toMoment = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

function toStretch({ t }: Texts, { stretch }: PackSummary): string {
  return stretch === null ? t('pack-stretch-none') : t('pack-stretch-range', { from: String(stretch.from), to: String(stretch.to - 1) });
}

function toAuthor({ t }: Texts, { author }: PackSummary): string {
  return author.kind === 'operator' ? t('pack-author-operator') : t(`pack-author-${author.kind}`, { ref: author.ref ?? '' });
}

function toRows(texts: Texts, pack: PackSummary): readonly Row[] {
  return [
    ['pack-case', pack.case],
    ['pack-recipient', pack.recipient],
    ['pack-reason', pack.reason],
    ['pack-author', toAuthor(texts, pack)],
    ...(pack.approvedBy ? ([['pack-approver', texts.t('pack-author-officer', { ref: pack.approvedBy })]] as const) : []),
    ['pack-created', toMoment(pack.createdAt)],
    ['pack-expires', toMoment(pack.expiresAt)],
    ['pack-issuer', pack.issuer],
    ['pack-number', pack.id],
    ['pack-rows', String(pack.rows)],
    ['pack-opened', String(pack.opened)],
    ['pack-stretch', toStretch(texts, pack)],
    ['pack-size', String(pack.size)],
  ];
}

function toShown({ areWordsProven, isListed, isWitnessed, openings, query }: PackSummary): readonly MessageKey[] {
  const isRepeatable = openings === 'all' && query.person === null;
  const areVersionsWhole = query.types === null && query.attribute === null;
  return [
    'pack-shows-entries',
    'pack-shows-notices',
    ...(areVersionsWhole ? (['pack-shows-versions'] as const) : []),
    ...(isListed ? (['pack-shows-stretch'] as const) : []),
    ...(isRepeatable ? (['pack-shows-all'] as const) : []),
    ...(areWordsProven ? (['pack-shows-words'] as const) : []),
    ...(isWitnessed ? (['pack-shows-witnessed'] as const) : []),
  ];
}

function toUnshown({ areWordsProven, isListed, openings, query }: PackSummary): readonly MessageKey[] {
  const isRepeatable = openings === 'all' && query.person === null;
  const told = isListed ? 'pack-not-closed' : 'pack-not-counted';
  return [
    ...(isRepeatable ? [] : ([told] as const)),
    'pack-not-written',
    'pack-not-fork',
    'pack-not-late',
    'pack-not-person',
    'pack-not-values',
    ...(areWordsProven ? [] : (['pack-not-words'] as const)),
  ];
}

const files: readonly Row[] = [
  ['pack-file-manifest', 'manifest.json, manifest.jws'],
  ['pack-file-entries', 'entries.jsonl'],
  ['pack-file-records', 'records.jsonl'],
  ['pack-file-notices', 'notices/, purposes.jsonl, registrations.jsonl'],
  ['pack-file-completeness', 'completeness.json'],
  ['pack-file-proofs', 'proofs/'],
  ['pack-file-keys', 'checkpoint.txt, keys/'],
  ['pack-file-witnesses', 'witnesses/'],
];

const toList = ({ t }: Texts, keys: readonly MessageKey[]): Html =>
  html`<ul>
    ${keys.map((key) => html`<li>${t(key)}</li> `)}
  </ul>`;

function toArticle(texts: Texts, pack: PackSummary): Html {
  const { direction, language, t } = texts;
  return html`<article lang="${language}" dir="${direction}">
    <h1>${t('pack-title')}</h1>
    <p>${t('pack-lead')}</p>
    <h2>${t('pack-about')}</h2>
    <dl>
      ${toRows(texts, pack).map(
        ([key, value]) =>
          html`<dt>${t(key)}</dt>
            <dd><bdi>${value}</bdi></dd> `,
      )}
    </dl>
    <p>${t(`pack-receipts-${pack.receipts}`)}</p>
    <h2>${t('pack-check')}</h2>
    <p>${t('pack-check-copy')}</p>
    <pre><code>node verify.mjs .</code></pre>
    <p>${t('pack-check-key')}</p>
    <pre><code>node huwiya-verify.mjs PACK.zip --log-key LOGKEY --keys RECEIPTKEYS.json --issuer ${pack.issuer}</code></pre>
    <p>${t('pack-check-code')}</p>
    <h2>${t('pack-shows')}</h2>
    ${toList(texts, toShown(pack))}
    <div class="not">
      <h2>${t('pack-not')}</h2>
      ${toList(texts, toUnshown(pack))}
    </div>
    <h2>${t('pack-files')}</h2>
    <ul>
      ${(pack.isWitnessed ? files : files.filter(([key]) => key !== 'pack-file-witnesses')).map(([key, names]) => html`<li><code dir="ltr">${names}</code> – ${t(key)}</li> `)}
    </ul>
  </article>`;
}

export function renderPackReadme({ texts }: PackReadme, pack: PackSummary): string {
  const { ar, en } = texts;
  return toDocument(
    html`<html lang="ar" dir="rtl">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${ar.t('pack-title')} · ${en.t('pack-title')}</title>
        ${style}
      </head>
      <body>
        <main>${toArticle(ar, pack)} ${toArticle(en, pack)}</main>
      </body>
    </html>`,
  );
}
