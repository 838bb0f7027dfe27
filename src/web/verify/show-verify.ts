// The page on which anybody checks a receipt, as one file. What stands inside it is the same for everybody; only the half shown first differs. So it is
// made and compressed once for each language: there is no form token and no word of the request in it whose length could tell anything (ADR-0029).

import { hash } from 'node:crypto';
import type { Context } from 'koa';
import { attributeCatalogue } from '../../domain/attributes/catalogue.ts';
import { toVerifierText } from '../../domain/ledger/signed-note.ts';
import { readVerifyParts } from '../../../views/asset-list.ts';
import type { Language } from '../../../views/messages/messages.ts';
import { renderVerifyPage } from '../../../views/verify.ts';
import { sendServed, toServed } from '../assets.ts';
import type { Served } from '../assets.ts';
import { createBareFrame, createFrame } from '../frame.ts';
import type { BareNeeds } from '../frame.ts';
import type { PublicJwks, WebNeeds } from '../needs.ts';
import { allowInline, toFilePolicy } from '../security-headers.ts';

const parts = readVerifyParts();
const digests = { style: hash('sha256', parts.style, 'base64'), script: hash('sha256', parts.script, 'base64') };
const policy = toFilePolicy(digests);

const toLabels = (language: Language): Readonly<Record<string, string>> =>
  Object.fromEntries(attributeCatalogue.map(({ name, labels }) => [name, labels[language]]));
const labels = { ar: toLabels('ar'), en: toLabels('en') };

type VerifyNeeds = BareNeeds & Pick<WebNeeds, 'logVerifier' | 'receiptKeys'>;

function renderPage(needs: VerifyNeeds, language: Language): string {
  // A copy on a disk has no site of its own to point to.
  const absolute = { ...createBareFrame(needs, language), homeUrl: `${needs.issuer}/`, verifyUrl: `${needs.issuer}/verify` };
  const frames = {
    ar: { ...absolute, texts: needs.texts.ar, otherLanguageUrl: '?lang=en' },
    en: { ...absolute, texts: needs.texts.en, otherLanguageUrl: '?lang=ar' },
  };
  const keys = JSON.stringify(needs.receiptKeys);
  const page = { issuer: needs.issuer, logKey: toVerifierText(needs.logVerifier), keys, labels, policy, ...parts };
  return renderVerifyPage(frames, language, page);
}

// By what a node has once: the needs themselves are made anew with each engine, which other token keys bring.
const made = new WeakMap<PublicJwks, Map<Language, Promise<Served>>>();

export async function getServed(needs: VerifyNeeds, language: Language): Promise<Served> {
  const pages = made.get(needs.receiptKeys) ?? new Map<Language, Promise<Served>>();
  made.set(needs.receiptKeys, pages);
  const served = pages.get(language) ?? toServed('text/html; charset=utf-8', Buffer.from(renderPage(needs, language)));
  pages.set(language, served);
  return served;
}

export async function showVerify(needs: WebNeeds, ctx: Context): Promise<void> {
  const { language } = createFrame(needs, ctx);
  allowInline(ctx, digests);
  sendServed(ctx, await getServed(needs, language));
}
