// The receipts of a person, with invented data: sheets of several kinds, the list with and without any.

import { toSampleNotice } from './sample-notice.ts';
import { renderReceiptPage } from '../../views/receipt.ts';
import type { ReceiptAttribute, ReceiptPage } from '../../views/receipt-model.ts';
import { renderReceiptsPage } from '../../views/receipts.ts';
import { createVerification, day, now } from './sample-words.ts';
import type { SampleWords } from './sample-words.ts';
import type { SamplePage, World } from './sample-world.ts';

const link = { pageUrl: '/account/receipts/1', url: '/account/receipts/1.json', number: 'R-7K4Q-9M2T', issuedAt: now };
const digest = '5e0d93b7c6418f2aa0e77b1c94d3f5860b29ce14d7a8f36e5102cb49fd80a7e3';
const codeUrl = `https://huwiya.example/verify#i=1284377&r=${'Ab3'.repeat(14)}w&l=${'Xy9'.repeat(14)}g`;

function createAttributes(words: SampleWords): readonly ReceiptAttribute[] {
  const needed = { necessity: 'required', decision: 'granted', answerOnly: false } as const;
  const chosen = { necessity: 'optional', decision: 'declined', answerOnly: false } as const;
  return [
    { ...needed, label: words.fullNameLabel },
    { ...needed, label: words.age, answerOnly: true },
    { ...needed, label: words.employer },
    { ...chosen, label: words.phone },
    { ...chosen, label: words.email },
  ];
}

function createReceipt(words: SampleWords, language: 'ar' | 'en'): ReceiptPage {
  return {
    link,
    kind: 'given',
    agencyName: words.labour.agencyName,
    serviceName: words.labour.serviceName,
    serviceUrl: '/account/services/1',
    purpose: words.renewal,
    purposeVersion: 4,
    basis: 'consent',
    lawReference: null,
    decidedAt: now,
    act: null,
    level: 'substantial',
    isConfirmed: true,
    shownIn: language,
    notice: toSampleNotice(language, `<main><h1>${words.renewal}</h1></main>`),
    endsAt: now + 365 * day,
    retention: 'P2Y',
    isOffline: false,
    contact: 'privacy@mol.example',
    authority: {
      name: language === 'ar' ? 'هيئة البيانات الوطنية' : 'The National Data Authority',
      uri: 'https://data.example.gov/complaints',
    },
    attributes: createAttributes(words),
    acts: [
      language === 'ar'
        ? { at: 'واجهة التصاريح', what: ['الاطلاع على تصاريحك', 'تجديد تصاريحك'] }
        : { at: 'Permit interface', what: ['Look at your permits', 'Renew your permits'] },
    ],
    verification: createVerification(words),
    proof: {
      index: 1_284_377,
      digest,
      log: 'huwiya.example/ledger',
      size: 1_284_381,
      root: digest.split('').toReversed().join(''),
      checkpointAt: now,
    },
    codeUrl,
    receiptsUrl: '/account/receipts',
  };
}

export function renderReceiptPages({ account, words }: World): readonly SamplePage[] {
  const given = createReceipt(words, account.texts.language);
  const stopped = given.attributes.map(({ decision, ...rest }) => ({
    ...rest,
    decision: decision === 'granted' ? ('stopped' as const) : decision,
  }));
  const told = given.attributes.slice(0, 3).map((attribute) => ({ ...attribute, decision: 'notified' as const }));
  const withdrawn: ReceiptPage = { ...given, kind: 'withdrawn', shownIn: null, endsAt: null, attributes: stopped };
  const notified: ReceiptPage = {
    ...given,
    kind: 'notified',
    basis: 'legal_obligation',
    lawReference: words.law,
    purpose: words.contributions,
    attributes: told,
  };
  const rows = (['given', 'withdrawn', 'refused', 'notified'] as const).map((kind) => ({
    ...words.labour,
    link,
    kind,
    version: 1,
    purpose: words.renewal,
  }));
  return [
    { name: 'receipt', document: renderReceiptPage(account, given) },
    { name: 'receipt-withdrawn', document: renderReceiptPage(account, withdrawn) },
    { name: 'receipt-notified', document: renderReceiptPage(account, notified) },
    {
      name: 'receipts',
      document: renderReceiptsPage(account, {
        receipts: rows,
        verifyUrl: '/verify',
        olderUrl: '/account/receipts?after=1',
        newestUrl: null,
      }),
    },
    {
      name: 'receipts-none',
      document: renderReceiptsPage(account, { receipts: [], verifyUrl: '/verify', olderUrl: null, newestUrl: null }),
    },
  ];
}
