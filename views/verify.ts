// Where anybody checks a receipt. One file that holds everything, so that it works saved to a disk, years later, without a network (ADR-0025):
// both languages as two halves of which one is hidden, the words for the script in their attributes, style and script inside.

import { html, inlineScript, inlineStyle, safeUrl, toDocument } from './html.ts';
import type { Html } from './html.ts';
import { renderIcon } from './icons.ts';
import { renderFooter, renderHeader } from './layout.ts';
import { arReceipt } from './messages/ar-receipt.ts';
import type { Language, Texts } from './messages/messages.ts';
import type { Frame } from './models.ts';
import { renderMore } from './parts.ts';
import { toRichText } from './rich-text.ts';
import type { VerifyPage } from './verify-model.ts';

const languages = ['ar', 'en'] as const;
const icons = ['tick', 'cross', 'dash', 'care'] as const;
const command = 'npx huwiya receipt verify FILE';

type ReceiptKey = keyof typeof arReceipt;

const isReceiptKey = (key: string): key is ReceiptKey => Object.hasOwn(arReceipt, key);

/** Of the words of a receipt, those that the script says: the others only weigh. */
const saidByScript = /^(?:verify-|receipt-(?:act|acts|agency|basis|digest|ends|kept|recipients|storage|version|when)(?:-|$))/;
const isSaidByScript = (key: string): boolean => saidByScript.test(key);

/** Of the words of a page on which people decide. */
const termKeys = [
  'term-purpose',
  'term-acts',
  'term-offline',
  'term-offline-text',
  'receipt-verification',
  'receipt-verification-ended',
] as const;

/** Values that the script puts in; each stands in the texts as `{name}`. */
const places = Object.fromEntries(
  ['agency', 'checks', 'duration', 'host', 'index', 'issuer', 'size', 'version'].map((name) => [name, `{${name}}`]),
);

/** On each line a key, a space, a text: in an attribute this is half as long as JSON, whose quotes are escaped. */
const toLines = (words: readonly (readonly [string, string])[]): string => words.map(([key, text]) => `${key} ${text}`).join('\n');

/** The words that the script needs, ready but for its values. */
function toWords({ t }: Texts): string {
  const keys = [...Object.keys(arReceipt).filter(isReceiptKey).filter(isSaidByScript), ...termKeys];
  return toLines(keys.map((key) => [key, t(key, places)]));
}

function renderCommand({ texts }: Frame): Html {
  return html`<p>${texts.t('verify-command-text')}</p>
    <p><bdi class="code code-long" dir="ltr">${command}</bdi></p>`;
}

/** Without script both languages are told, because none can be chosen. */
function renderNoScript(frames: readonly Frame[]): Html {
  return html`<noscript>
    ${frames.map(
      (frame) =>
        html`<div class="notice notice-care" lang="${frame.texts.language}" dir="${frame.texts.direction}">
          ${renderIcon('care')}
          <div>
            <p>${frame.texts.t('verify-needs-script')}</p>
            ${renderCommand(frame)}
          </div>
        </div>`,
    )}
  </noscript>`;
}

type Area = { readonly name: string; readonly label: 'verify-keys-receipt-other' | 'verify-keys-log-other' | 'verify-kept' };

function renderArea({ texts }: Frame, { name, label }: Area, hint: Html): Html {
  const id = `${name}-${texts.language}`;
  return html`<div class="field">
    <label for="${id}">${texts.t(label)}</label>
    <p class="hint" id="${id}-hint">${hint}</p>
    <textarea class="input" id="${id}" name="${name}" rows="3" dir="ltr" spellcheck="false" aria-describedby="${id}-hint"></textarea>
  </div>`;
}

function renderKeys(frame: Frame, page: VerifyPage): Html {
  const { texts } = frame;
  const { t } = texts;
  return renderMore(
    t('verify-keys'),
    html`<div class="stack">
      <p>${toRichText(texts, 'verify-keys-carried', { values: { issuer: page.issuer } })}</p>
      <dl class="facts">
        <div>
          <dt>${t('verify-keys-receipt')}</dt>
          <dd><span class="digest" dir="ltr">${page.keys}</span></dd>
        </div>
        <div>
          <dt>${t('verify-keys-log')}</dt>
          <dd><span class="digest" dir="ltr">${page.logKey}</span></dd>
        </div>
      </dl>
      <p>${t('verify-keys-other')}</p>
      ${renderArea(frame, { name: 'keys', label: 'verify-keys-receipt-other' }, toRichText(texts, 'verify-keys-receipt-hint'))}
      ${renderArea(frame, { name: 'log-key', label: 'verify-keys-log-other' }, toRichText(texts, 'verify-keys-log-hint'))}
      ${renderArea(frame, { name: 'kept', label: 'verify-kept' }, toRichText(texts, 'verify-kept-hint'))}
    </div>`,
  );
}

function renderForm(frame: Frame, page: VerifyPage): Html {
  const { texts } = frame;
  const { t, language } = texts;
  return html`<form class="stack" data-form hidden novalidate>
    <h2 data-again hidden>${t('verify-other')}</h2>
    <p class="field-error" data-nothing role="alert" hidden>${renderIcon('care')}${t('verify-nothing')}</p>
    <p class="field-error" data-take role="alert" hidden>${renderIcon('care')}${t('verify-take')}</p>
    <div class="field">
      <label for="file-${language}">${t('verify-file')}</label>
      <p class="hint" id="file-hint-${language}">${toRichText(texts, 'verify-file-hint')}</p>
      <input class="input" id="file-${language}" type="file" accept=".json,application/json" aria-describedby="file-hint-${language}" />
    </div>
    ${renderMore(
      t('verify-paste'),
      html`<div class="field">
        <label for="text-${language}">${t('verify-paste-label')}</label>
        <textarea class="input" id="text-${language}" name="text" rows="5" dir="ltr" spellcheck="false"></textarea>
      </div>`,
    )}
    ${renderKeys(frame, page)}
    <p class="actions"><button class="button" type="submit" data-action="check-receipt">${t('verify-check')}</button></p>
  </form>`;
}

function renderAside(frame: Frame): Html {
  const { t } = frame.texts;
  return html`<aside class="aside">
    <h2>${t('verify-limits')}</h2>
    <ul class="plain-list">
      <li>${t('verify-limits-1')}</li>
      <li>${t('verify-limits-2')}</li>
      <li>${t('verify-limits-3')}</li>
      <li>${t('receipt-key-links')}</li>
    </ul>
    <h2>${t('verify-save')}</h2>
    <p>${t('verify-save-text')}</p>
    <p><a href="${safeUrl(frame.verifyUrl)}" download="huwiya-verify.html">${t('verify-save-link')}</a></p>
    <h2>${t('verify-without')}</h2>
    ${renderCommand(frame)}
  </aside>`;
}

const toTitle = ({ t }: Texts): string => `${t('verify-title')} – ${t('brand')}`;

type Half = { readonly frame: Frame; readonly isShown: boolean; readonly noScript: Html | null };

function renderHalf({ frame, isShown, noScript }: Half, page: VerifyPage): Html {
  const { texts } = frame;
  const { language, direction, t } = texts;
  const content = html`<a class="skip-link" href="#main-${language}">${t('skip-to-content')}</a>
    ${renderHeader(frame, { where: null, name: null, signOut: null })}
    <main id="main-${language}" class="wrap" tabindex="-1">
      <div class="page-head">
        <h1>${t('verify-title')}</h1>
        <p>${t('verify-lead')}</p>
      </div>
      <div class="split">
        <div class="stack">
          ${noScript}
          <div class="stack" data-outcome></div>
          <div class="stack" data-code></div>
          ${renderForm(frame, page)}
        </div>
        ${renderAside(frame)}
      </div>
    </main>
    ${renderFooter(frame)}`;
  const data = { words: toWords(texts), labels: toLines(Object.entries(page.labels[language])), title: toTitle(texts) };
  const open = html`data-half="${language}" lang="${language}" dir="${direction}"`;
  const told = html`data-title="${data.title}" data-words="${data.words}" data-labels="${data.labels}"`;
  return isShown ? html`<div ${open} ${told}>${content}</div>` : html`<div ${open} ${told} hidden>${content}</div>`;
}

/** The whole file. `shown` is the half that is seen first. */
export function renderVerifyPage(frames: Readonly<Record<Language, Frame>>, shown: Language, page: VerifyPage): string {
  const { texts } = frames[shown];
  const carried = JSON.stringify({ issuer: page.issuer, logKey: page.logKey, changes: page.changes, keys: page.keys });
  const noScript = renderNoScript(languages.map((language) => frames[language]));
  // What is seen comes first, so that its skip link is the first link of the page.
  const halves = languages
    .toSorted((left) => (left === shown ? -1 : 1))
    .map((language) => {
      const isShown = language === shown;
      return renderHalf({ frame: frames[language], isShown, noScript: isShown ? noScript : null }, page);
    });
  return toDocument(
    html`<html lang="${shown}" dir="${texts.direction}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${page.policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${toTitle(texts)}</title>
        ${inlineStyle(page.style)}
      </head>
      <body data-carried="${carried}">
        ${halves} ${icons.map((icon) => html`<template data-icon="${icon}">${renderIcon(icon)}</template>`)} ${inlineScript(page.script)}
      </body>
    </html>`,
  );
}
