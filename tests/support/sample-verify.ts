// The page that checks receipts, with invented keys.

import { hash } from 'node:crypto';
import { attributeCatalogue } from '../../src/domain/attributes/catalogue.ts';
import { toFilePolicy } from '../../src/web/security-headers.ts';
import { readVerifyParts } from '../../views/asset-list.ts';
import { renderVerifyPage } from '../../views/verify.ts';
import { logKey, receiptSigner, toJwks } from './receipt-samples.ts';
import { createWorld } from './sample-world.ts';

const parts = readVerifyParts();
const policy = toFilePolicy({ style: hash('sha256', parts.style, 'base64'), script: hash('sha256', parts.script, 'base64') });
const toLabels = (language: 'ar' | 'en') => Object.fromEntries(attributeCatalogue.map(({ name, labels }) => [name, labels[language]]));

/** The issuer is the one of receipt-samples.ts, so that its receipts hold here. */
export function renderSampleVerify(language: 'ar' | 'en'): string {
  const absolute = { homeUrl: 'https://id.example/', verifyUrl: 'https://id.example/verify', siteHost: 'id.example' };
  const frames = { ar: { ...createWorld('ar').frame, ...absolute }, en: { ...createWorld('en').frame, ...absolute } };
  const keys = JSON.stringify(toJwks(receiptSigner));
  const labels = { ar: toLabels('ar'), en: toLabels('en') };
  return renderVerifyPage(frames, language, { issuer: 'https://id.example', logKey, changes: [], keys, labels, policy, ...parts });
}
