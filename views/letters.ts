// Letters that leave by mail: plain text, and the same words as a simple page. They hold no name and no detail, one code at most, and no link that does
// anything by being opened. Mail programs drop style sheets, so the few styles stand at their elements; nothing here is ever served as a page of ours.

import type { Millis } from '../src/domain/kernel/clock.ts';
import type { LetterWords } from '../src/domain/declared/letter.ts';
import type { SecurityNotice } from '../src/domain/protection/notice.ts';
import { toDaysText } from './durations.ts';
import { html, safeUrl, toDocument } from './html.ts';
import type { Html } from './html.ts';
import type { MessageKey, MessageValues, Texts } from './messages/messages.ts';
import type { Frame } from './models.ts';
import { toDeviceName } from './device-name.ts';
import type { Device } from './security-model.ts';

export type LetterFrame = Pick<Frame, 'texts' | 'dates' | 'siteHost'>;

/** Isolates are for pages: many mail programs draw them as boxes. */
const toPlain = (text: string): string => text.replaceAll(/[\u2066-\u2069]/g, '');

export function toLine(texts: Texts, key: MessageKey, values: MessageValues = {}): string {
  return toPlain(texts.t(key, values));
}

type Part = { readonly kind: 'line' | 'fact' | 'code' | 'link' | 'small'; readonly text: string };

const fact = 'margin:0 0 4px';
const small = 'margin:0 0 8px;color:#485a5f;font-size:14px';
const paragraph = 'margin:16px 0';
/** A telephone is narrower than a token is long. */
const address = 'word-break:break-all;overflow-wrap:anywhere';
const large = 'margin:0 0 16px;font-size:28px;font-weight:bold;letter-spacing:2px';

const styles = { line: paragraph, fact, small } as const;

function renderPart(part: Part): Html {
  if (part.kind === 'code') {
    return html`<p style="${large}"><bdi dir="ltr">${part.text}</bdi></p>`;
  }
  if (part.kind === 'link') {
    return html`<p style="${paragraph}">
      <a href="${safeUrl(part.text)}" style="${address}"><bdi dir="ltr">${part.text}</bdi></a>
    </p>`;
  }
  return html`<p style="${styles[part.kind]}">${part.text}</p>`;
}

function renderBody({ texts }: LetterFrame, heading: string, parts: readonly Part[]): string {
  return toDocument(
    html`<html lang="${texts.language}" dir="${texts.direction}">
      <head>
        <meta charset="utf-8" />
        <title>${heading}</title>
      </head>
      <body style="margin:0;padding:24px;background:#ffffff;color:#0f2126;font-family:Arial,sans-serif;font-size:18px;line-height:1.6">
        <div style="max-width:560px;margin:0 auto" lang="${texts.language}" dir="${texts.direction}">
          <p style="margin:0 0 24px;padding-bottom:8px;border-bottom:4px solid #04606f;color:#04606f;font-weight:bold">
            ${texts.t('brand')}
          </p>
          <h1 style="margin:0 0 16px;font-size:22px">${heading}</h1>
          ${parts.map(renderPart)}
        </div>
      </body>
    </html>`,
  );
}

export function toLetter(frame: LetterFrame, subject: string, parts: readonly Part[]): LetterWords {
  const closing: readonly Part[] = [
    { kind: 'small', text: toLine(frame.texts, 'letter-never') },
    { kind: 'small', text: toLine(frame.texts, 'letter-address', { host: frame.siteHost }) },
  ];
  const all = [...parts, ...closing];
  return { subject, text: toText(subject, all), html: renderBody(frame, subject, all) };
}

/** As a reader without pictures meets it: the heading under a rule, facts as a list, each paragraph and each link by itself. */
function toText(heading: string, parts: readonly Part[]): string {
  const [first = '', ...rest] = parts.map(({ kind, text }, index) => {
    const isListed = kind === 'fact' && parts[index - 1]?.kind === 'fact';
    return `${isListed ? '\n' : '\n\n'}${kind === 'fact' ? '- ' : ''}${text}`;
  });
  return `${[`${heading}\n${'='.repeat(Math.min(heading.length, 40))}`, first, ...rest].join('')}\n`;
}

export const toBareText = (markup: Html): string => String(markup).replaceAll(/<[^<>]+>/g, '');

export type AlertLetter = {
  readonly kind: SecurityNotice['kind'];
  readonly at: Millis;
  readonly device: Device | null;
  /** Opens a page; only a press there acts. */
  readonly url: string;
  /** To an address that was replaced lately. */
  readonly isFormer: boolean;
  /** Of a lifting that waits. */
  readonly endsAt: Millis | null;
  /** Between asking to lift a freeze and its end. */
  readonly delayHours: number;
};

/** What somebody else did, or nobody: "if it was you" would ask the person for what they cannot know. */
const byOthers: ReadonlySet<SecurityNotice['kind']> = new Set([
  'link-made',
  'passkey-suspended',
  'recovery-approved',
  'frozen-order',
  'unfreeze-begun-counter',
  'unfrozen-delay',
  'unfrozen-order',
  'unfrozen-recovery',
  'order-lifted',
  'unmasked',
  'breach-listed',
]);

const yours = ['letter-alert-you', 'letter-alert-not-you'] as const;
const expected = ['letter-alert-expected', 'letter-alert-not-expected'] as const;

const explained: { readonly [Kind in AlertLetter['kind']]?: MessageKey } = {
  enrolled: 'letter-alert-enrolled',
  'link-made': 'letter-alert-link-made',
  'recovery-cancelled-status': 'letter-stopped-status',
  unmasked: 'letter-alert-unmasked',
  'breach-listed': 'letter-alert-breach-listed',
};

/** Whoever hears of it has nothing to do, unless something that they waited for ended. */
function toAnswers(kind: AlertLetter['kind']): readonly MessageKey[] {
  if (kind === 'recovery-cancelled-status') {
    return ['letter-alert-not-you'];
  }
  return byOthers.has(kind) ? expected : yours;
}

/** What it means: of a freeze how it opens, or when one that waits does. */
function toLines({ texts, dates }: LetterFrame, { kind, endsAt, delayHours }: AlertLetter): readonly string[] {
  const key = explained[kind];
  if (key !== undefined) {
    return [toLine(texts, key)];
  }
  if (kind === 'frozen') {
    return [toLine(texts, 'letter-frozen-open', { duration: toDaysText(texts, delayHours) })];
  }
  return endsAt === null
    ? []
    : [toLine(texts, 'letter-unfreeze-ends', { moment: toBareText(dates.deadline(endsAt)) }), toLine(texts, 'letter-unfreeze-stop')];
}

/** What happened and when, and the one way to stop it. It names no service and no detail: a mailbox is read by others too. */
export function toAlertLetter(frame: LetterFrame, letter: AlertLetter): LetterWords {
  const { kind, at, device, url, isFormer } = letter;
  const { texts, dates } = frame;
  const where = device === null ? [] : [toLine(texts, 'letter-alert-where', { device: toDeviceName(texts, device) })];
  const facts = [toLine(texts, 'letter-alert-when', { moment: toBareText(dates.moment(at)) }), ...where];
  const line = (text: string): Part => ({ kind: 'line', text });
  return toLetter(frame, toLine(texts, `alert-${kind}`), [
    ...facts.map((text): Part => ({ kind: 'fact', text })),
    ...toLines(frame, letter).map(line),
    ...toAnswers(kind).map((key) => line(toLine(texts, key))),
    { kind: 'link', text: url },
    { kind: 'small', text: toLine(texts, isFormer ? 'letter-alert-former' : 'letter-alert-more') },
  ]);
}

/** Of a page that `renderBody` made. */
function toBlock(document: string): string {
  return document.slice(document.indexOf('>', document.indexOf('<body')) + 1, document.lastIndexOf('</body>'));
}

const rule = '<hr style="max-width:560px;margin:32px auto;border:0;border-top:1px solid #c9d3d6" />';

function joinPages(one: string | null, other: string | null): string | null {
  return one === null || other === null ? null : one.replace('</body>', () => `${rule}${toBlock(other)}</body>`);
}

/** Where no language is known: both, the original first. */
export function joinLetters(one: LetterWords, other: LetterWords): LetterWords {
  const subject = `${one.subject} · ${other.subject}`;
  return { subject, text: `${one.text}\n* * *\n\n${other.text}`, html: joinPages(one.html, other.html) };
}

/** Told apart at a glance, typed without: "1234 5678". */
const toReadable = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`;

/** The last line lets a phone offer the code on the right site only (origin-bound one-time codes). */
function toTextMessage({ texts, siteHost }: LetterFrame, code: string): LetterWords {
  return { subject: '', text: `${toLine(texts, 'letter-sms', { code })}\n\n@${siteHost.replace(/:\d+$/, '')} #${code}\n`, html: null };
}

export function toCodeLetter(frame: LetterFrame, channel: 'email' | 'phone', code: string): LetterWords {
  if (channel === 'phone') {
    return toTextMessage(frame, code);
  }
  const { texts } = frame;
  return toLetter(frame, toLine(texts, 'letter-code-subject'), [
    { kind: 'line', text: toLine(texts, 'letter-code-why') },
    { kind: 'code', text: toReadable(code) },
    { kind: 'line', text: toLine(texts, 'letter-code-until') },
    { kind: 'line', text: toLine(texts, 'letter-code-not-you') },
  ]);
}

/** To the address held until now. It does not name the new one: the letter may be read by whoever reads the old mailbox. */
export function toChangedLetter(frame: LetterFrame, channel: 'email' | 'phone', at: Millis): LetterWords {
  const { texts, dates } = frame;
  return toLetter(frame, toLine(texts, `letter-changed-${channel}-subject`), [
    { kind: 'line', text: toLine(texts, `letter-changed-${channel}`) },
    { kind: 'line', text: toLine(texts, 'letter-changed-when', { moment: toBareText(dates.moment(at)) }) },
    { kind: 'line', text: toLine(texts, 'letter-changed-you') },
    { kind: 'line', text: toLine(texts, 'letter-changed-not-you') },
  ]);
}
