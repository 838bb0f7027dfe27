// The page on which anybody checks a receipt, as one file. What stands inside it is the same for everybody; only the half shown first differs. So it is
// made and compressed once for each language: there is no form token and no word of the request in it whose length could tell anything (ADR-0029).

import { hash } from 'node:crypto';
import type { Context } from 'koa';
import { attributeCatalogue } from '../../domain/attributes/catalogue.ts';
import { toKeyText } from '../../domain/ledger/key-chain.ts';
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

type VerifyNeeds = BareNeeds &
  Pick<WebNeeds, 'logVerifier' | 'receiptKeys'> & { readonly ledger: Pick<WebNeeds['ledger'], 'readKeyChanges'> };

function renderPage(needs: VerifyNeeds, language: Language, changes: readonly string[]): string {
  // A copy on a disk has no site of its own to point to.
  const absolute = { ...createBareFrame(needs, language), homeUrl: `${needs.issuer}/`, verifyUrl: `${needs.issuer}/verify` };
  const frames = {
    ar: { ...absolute, texts: needs.texts.ar, otherLanguageUrl: '?lang=en' },
    en: { ...absolute, texts: needs.texts.en, otherLanguageUrl: '?lang=ar' },
  };
  const keys = JSON.stringify(needs.receiptKeys);
  const logKey = toKeyText(needs.logVerifier, changes, Number.MAX_SAFE_INTEGER);
  const page = { issuer: needs.issuer, logKey, changes, keys, labels, policy, ...parts };
  return renderVerifyPage(frames, language, page);
}

/** `changes`: how often the log had changed its key. */
type Made = { readonly changes: number; readonly pages: Map<Language, Promise<Served>> };

// By what a node has once: the needs themselves are made anew with each engine, which other token keys bring.
const made = new WeakMap<PublicJwks, Made>();

/** While the database is away the page stays as it was: it works from a disk, too. */
async function readChanges({ ledger, receiptKeys }: VerifyNeeds): Promise<readonly string[] | undefined> {
  try {
    return await ledger.readKeyChanges();
  } catch (thrown) {
    if (made.has(receiptKeys)) {
      return undefined;
    }
    throw thrown;
  }
}

/** Anew whenever the log has changed its key. */
function findMade(receiptKeys: PublicJwks, changes: readonly string[] | undefined): Made {
  const before = made.get(receiptKeys);
  if (before !== undefined && (changes === undefined || before.changes === changes.length)) {
    return before;
  }
  const fresh: Made = { changes: changes?.length ?? 0, pages: new Map() };
  made.set(receiptKeys, fresh);
  return fresh;
}

export async function getServed(needs: VerifyNeeds, language: Language): Promise<Served> {
  const changes = await readChanges(needs);
  const { pages } = findMade(needs.receiptKeys, changes);
  const served = pages.get(language) ?? toServed('text/html; charset=utf-8', Buffer.from(renderPage(needs, language, changes ?? [])));
  pages.set(language, served);
  return served;
}

export async function showVerify(needs: WebNeeds, ctx: Context): Promise<void> {
  const { language } = createFrame(needs, ctx);
  allowInline(ctx, digests);
  sendServed(ctx, await getServed(needs, language));
}
