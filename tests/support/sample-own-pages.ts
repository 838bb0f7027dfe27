// The own page by detail and one entry opened, with invented data.

import type { ActivityEntryPage } from '../../views/activity-model.ts';
import { renderActivityEntryPage } from '../../views/activity-entry.ts';
import { renderAttributePage, renderAttributesPage } from '../../views/own-attributes.ts';
import { renderClosePage, renderClosedPage } from '../../views/close.ts';
import { renderTakePage } from '../../views/take.ts';
import { day, now } from './sample-words.ts';
import type { SampleWords } from './sample-words.ts';
import { createLeft } from './sample-left.ts';
import type { SamplePage, World } from './sample-world.ts';

function createEntry(words: SampleWords): ActivityEntryPage {
  return {
    checked: null,
    item: {
      kind: 'released',
      at: now,
      service: { ...words.labour, url: '/account/services/mol-work-permit' },
      purpose: words.renewal,
      attributeLabels: [words.fullNameLabel, words.age],
      receipt: null,
      url: '/account/activity/1',
    },
    attributes: [
      { label: words.fullNameLabel, why: words.whyName },
      { label: words.age, why: words.whyAge },
    ],
    withheld: [{ label: words.email, reason: 'declined' }],
    purpose: words.renewal,
    basis: 'consent',
    lawReference: null,
    retention: 'P2Y',
    actor: 'service',
    actedBy: null,
    index: 4711,
    reportUrl: '/account/report?entry=1',
    activityUrl: '/account/activity',
  };
}

function createCheckEntry(words: SampleWords): ActivityEntryPage {
  const entry = createEntry(words);
  return {
    ...entry,
    item: { ...entry.item, kind: 'proofed', service: null, purpose: null, attributeLabels: [] },
    checked: { by: null, documents: ['idcard'] },
    attributes: [],
    withheld: [],
    purpose: null,
    basis: null,
    retention: null,
    actor: 'officer',
    reportUrl: null,
  };
}

export function renderOwnPages({ account, frame, words }: World): readonly SamplePage[] {
  const held = { sensitive: false, lastReleasedAt: now - day, url: '/account/attributes/email' };
  const labour = words.labour.serviceName;
  const holder = {
    ...words.labour,
    purpose: words.renewal,
    endsAt: now + 300 * day,
    lastReleasedAt: now - day,
    url: '/account/services/1',
  };
  const attribute = {
    label: words.email,
    explanation: words.whatEmail,
    source: null,
    sensitive: false,
    backUrl: '/account/attributes',
    activityUrl: '/account/activity?attribute=email',
    moreUrl: '/account/attributes/email?after=1',
    firstUrl: null,
  };
  const holders = [
    { ...holder, state: 'given' as const },
    { ...holder, ...words.housing, purpose: words.support, state: 'ends-soon' as const, endsAt: now + 11 * day, lastReleasedAt: null },
  ];
  const form = { action: '/account/close', token: 'sample-token' };
  const finish = { action: '/finish', token: 'sample-token' };
  const close = { form, takeUrl: '/account/take', accountUrl: '/account' };
  return [
    { name: 'take', document: renderTakePage(account, { fileUrl: '/account/take.json', accountUrl: '/account' }) },
    { name: 'take-shared', document: renderTakePage({ ...account, finish }, { fileUrl: '/account/take.json', accountUrl: '/account' }) },
    { name: 'close', document: renderClosePage(account, close) },
    { name: 'close-shared', document: renderClosePage({ ...account, finish }, close) },
    {
      name: 'closed',
      document: renderClosedPage(frame, { left: createLeft(words), againUrl: '/account/closed', homeUrl: '/', verifyUrl: '/verify' }),
    },
    { name: 'activity-entry', document: renderActivityEntryPage(account, createEntry(words)) },
    { name: 'activity-entry-check', document: renderActivityEntryPage(account, createCheckEntry(words)) },
    {
      name: 'attributes',
      document: renderAttributesPage(account, {
        attributes: [
          {
            ...held,
            label: words.fullNameLabel,
            count: 14,
            serviceNames: [labour, words.housing.serviceName, words.insurance.serviceName],
          },
          { ...held, label: words.email, count: 1, serviceNames: [labour], lastReleasedAt: null },
          { ...held, label: words.number, count: 1, serviceNames: [labour], sensitive: true },
        ],
        accountUrl: '/account',
      }),
    },
    { name: 'attributes-none', document: renderAttributesPage(account, { attributes: [], accountUrl: '/account' }) },
    { name: 'attribute', document: renderAttributePage(account, { ...attribute, count: 2, holders }) },
    { name: 'attribute-none', document: renderAttributePage(account, { ...attribute, count: 0, holders: [], moreUrl: null }) },
  ];
}
