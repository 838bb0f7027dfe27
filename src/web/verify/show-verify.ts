// The page on which anybody checks a receipt, as one file. What stands inside it is the same for everybody; only the half shown first differs.

import { hash } from 'node:crypto';
import type { Context } from 'koa';
import { attributeCatalogue } from '../../domain/attributes/catalogue.ts';
import { toVerifierText } from '../../domain/ledger/signed-note.ts';
import { readVerifyParts } from '../../../views/asset-list.ts';
import type { Language } from '../../../views/messages/messages.ts';
import { renderVerifyPage } from '../../../views/verify.ts';
import { createFrame, sendPage } from '../frame.ts';
import type { WebNeeds } from '../needs.ts';
import { allowInline, toFilePolicy } from '../security-headers.ts';

const parts = readVerifyParts();
const digests = { style: hash('sha256', parts.style, 'base64'), script: hash('sha256', parts.script, 'base64') };
const policy = toFilePolicy(digests);

const toLabels = (language: Language): Readonly<Record<string, string>> =>
  Object.fromEntries(attributeCatalogue.map(({ name, labels }) => [name, labels[language]]));
const labels = { ar: toLabels('ar'), en: toLabels('en') };

export async function showVerify(needs: WebNeeds, ctx: Context): Promise<void> {
  const { frame, language } = createFrame(needs, ctx);
  // A copy on a disk has no site of its own to point to.
  const absolute = { ...frame, homeUrl: `${needs.issuer}/` };
  const frames = {
    ar: { ...absolute, texts: needs.texts.ar, otherLanguageUrl: '?lang=en' },
    en: { ...absolute, texts: needs.texts.en, otherLanguageUrl: '?lang=ar' },
  };
  const keys = JSON.stringify(needs.receiptKeys);
  const page = { issuer: needs.issuer, logKey: toVerifierText(needs.logVerifier), keys, labels, policy, ...parts };
  allowInline(ctx, digests);
  sendPage(ctx, renderVerifyPage(frames, language, page));
}
