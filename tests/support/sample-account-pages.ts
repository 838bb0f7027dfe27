// The pages of a person's own place, with invented data.

import { renderAccountPage } from '../../views/account.ts';
import type { ConsentControls, HistoryItem, ServiceList } from '../../views/account-model.ts';
import type { ActivityItem, ActivityKind, ActivityPage } from '../../views/activity-model.ts';
import { renderActivityPage } from '../../views/activity-page.ts';
import type { AccountConsent, AccountService, ReceiptLink } from '../../views/models.ts';
import { renderServicePage } from '../../views/service.ts';
import type { DutyItem } from '../../views/duty-model.ts';
import { renderChangedPage } from '../../views/changed.ts';
import type { SamplePage, World } from './sample-world.ts';
import { createPasskeys } from './sample-security-pages.ts';
import { createTerms, day, now } from './sample-words.ts';
import type { SampleWords } from './sample-words.ts';

const form = { action: '/account/consents/1/withdraw', token: 'sample-token' };
const receipt: ReceiptLink = { pageUrl: '/account/receipts/1', url: '/account/receipts/1.json', number: 'R-7K4Q-9M2T', issuedAt: now };

function createConsents(words: SampleWords): readonly [AccountConsent, AccountConsent, AccountConsent] {
  const common = { decidedAt: now - 30 * day, endsAt: now + 335 * day, receipts: [{ ...receipt, kind: 'given' as const }] };
  const sharedLabels = [words.fullNameLabel, words.age, words.employer, words.phone];
  return [
    { ...common, purpose: words.renewal, state: 'given', sharedLabels, withdraw: form },
    { ...common, purpose: words.support, state: 'withdrawn', sharedLabels: [words.fullNameLabel], withdraw: null },
    { ...common, purpose: words.contributions, state: 'notified', sharedLabels: [words.number], withdraw: null },
  ];
}

const activityKinds: readonly ActivityKind[] = [
  'released',
  'given',
  'over-asked',
  'signed-in',
  'session-started',
  'withdrawn',
  'notified',
  'refused',
  'refreshed',
  'session-ended',
  'passkey-added',
  'passkey-renamed',
  'passkey-removed',
  'details-changed',
  'invited',
  'proofed',
  'looked-up',
  'status-changed',
];

const decided: ReadonlySet<ActivityKind> = new Set(['given', 'notified', 'refused', 'withdrawn']);
const ofPerson: ReadonlySet<ActivityKind> = new Set([
  'session-started',
  'session-ended',
  'passkey-added',
  'passkey-renamed',
  'passkey-removed',
  'details-changed',
  'invited',
  'proofed',
  'looked-up',
  'status-changed',
]);

/** Three things a day, newest first. */
function createActivity(words: SampleWords): readonly ActivityItem[] {
  return activityKinds.map((kind, index) => {
    const isPersons = ofPerson.has(kind);
    return {
      kind,
      at: now - Math.floor(index / 3) * day - (index % 3) * 40 * 60_000,
      service: isPersons ? null : { ...words.labour, url: '/account/services/mol-work-permit' },
      purpose: isPersons ? null : words.renewal,
      attributeLabels: kind === 'released' || kind === 'given' ? [words.fullNameLabel, words.age, words.employer, words.phone] : [],
      receipt: decided.has(kind) ? receipt : null,
      url: '/account/activity/1',
    };
  });
}

function createActivityPage(words: SampleWords): ActivityPage {
  return {
    url: '/account/activity',
    services: [
      { clientId: 'mol-work-permit', name: words.labour.serviceName },
      { clientId: 'hf-support', name: words.housing.serviceName },
    ],
    attributes: [{ name: 'email', label: words.email }],
    service: null,
    attribute: null,
    group: null,
    period: null,
    items: createActivity(words),
    lookedBackTo: null,
    olderUrl: '/account/activity?after=41',
    newestUrl: null,
  };
}

function createServiceList(items: readonly AccountService[], count: number): ServiceList {
  const moreUrl = count > items.length ? '/account?after=1' : null;
  return { url: '/account', words: '', group: null, count, items, moreUrl, firstUrl: null };
}

const actions = [
  { url: '/account/attributes', text: 'attributes-title' },
  { url: '/verify', text: 'receipt-check' },
] as const;

const history: readonly HistoryItem[] = [
  { kind: 'narrowed', at: now - 2 * day, actedBy: 'self', receipt },
  { kind: 'given', at: now - 30 * day, actedBy: 'self', receipt },
];

function createSampleDutyItem(changes: Partial<DutyItem>): DutyItem {
  const open = { state: 'open', told: { how: 'told', at: now }, dueAt: now + 29 * day, daysLeft: 29 } as const;
  return { kind: 'withdrawn', ...open, answeredAt: null, article: null, ...changes };
}

function createControls(words: SampleWords, state: 'given' | 'withdrawn'): ConsentControls {
  const isGiven = state === 'given';
  return {
    version: 2,
    pause: isGiven ? form : null,
    resume: null,
    erase: form,
    narrow: isGiven ? { form, choices: [{ name: 'email', label: words.email }] } : null,
  };
}

export function renderAccountPages({ account, words }: World): readonly SamplePage[] {
  const [given, withdrawn, notified] = createConsents(words);
  const used = { lastUsedAt: now - day };
  const items: readonly AccountService[] = [
    {
      ...words.labour,
      ...used,
      clientId: 'mol-work-permit',
      url: '/account/services/1',
      doorUrl: 'https://permits.mol.example/begin?iss=https%3A%2F%2Fid.example',
      hasMore: true,
      consents: [given, { ...given, purpose: words.support, state: 'ends-soon' }],
    },
    {
      ...words.housing,
      clientId: 'hf-support',
      url: '/account/services/2',
      doorUrl: null,
      lastUsedAt: null,
      hasMore: false,
      consents: [withdrawn],
    },
    {
      ...words.insurance,
      ...used,
      clientId: 'sia-record',
      url: '/account/services/3',
      doorUrl: null,
      hasMore: false,
      consents: [notified],
    },
  ];
  const services = createServiceList(items, 3);
  const [, latest] = createActivity(words);
  const endingSoon = { purpose: words.support, endsAt: now + 11 * day, days: 11, url: '/account/services/hf-support' };
  const own = {
    passkeys: createPasskeys(words),
    givenName: words.name,
    switchUrl: '/account/switch',
    lastSignInAt: now - 2 * day,
    latest: latest === undefined ? null : { ...latest, actedBy: 'self' as const },
    endingSoon: null,
    ending: [],
    actions,
    alerts: { count: 2, url: '/account/notices' },
  };
  const attribute = { answerOnly: false, sensitive: false, source: words.civilStatus };
  const attributes = [
    { ...attribute, label: words.fullNameLabel, necessity: 'required', decision: 'granted' },
    { ...attribute, label: words.marital, necessity: 'required', decision: 'granted', sensitive: true },
    { ...attribute, label: words.email, necessity: 'optional', decision: 'declined', source: null },
  ] as const;
  const terms = createTerms(words.renewal, words.labour.agencyName);
  const consents = [
    {
      ...given,
      attributes,
      terms,
      history,
      isSuperseded: false,
      isByLaw: false,
      duties: [createSampleDutyItem({ state: 'kept', kind: 'narrowed', article: words.law, answeredAt: now })],
      controls: createControls(words, 'given'),
      uses: 6,
      lastUsedAt: now - day,
    },
    {
      ...withdrawn,
      attributes,
      terms,
      history: [],
      isSuperseded: false,
      isByLaw: false,
      duties: [createSampleDutyItem({ state: 'overdue', told: { how: 'untold' }, daysLeft: null, dueAt: now - day })],
      controls: createControls(words, 'withdrawn'),
      uses: 0,
      lastUsedAt: null,
    },
  ];
  const byLaw = {
    ...notified,
    attributes,
    terms,
    history: [],
    isSuperseded: false,
    isByLaw: true,
    duties: [],
    controls: createControls(words, 'withdrawn'),
    uses: 1,
    lastUsedAt: now - day,
  };
  const service = {
    clientId: 'mol-work-permit',
    asker: words.labour,
    doorUrl: 'https://permits.mol.example/begin?iss=https%3A%2F%2Fid.example',
    accountUrl: '/account',
    activityUrl: '/account/activity?service=mol-work-permit',
    reportUrl: '/account/report?service=mol-work-permit',
    moreUrl: null,
    firstUrl: null,
  };
  const gone = {
    clientId: 'mol-work-permit',
    asker: words.labour,
    purpose: words.renewal,
    at: now,
    endsAt: now + 300 * day,
    serviceUrl: '/account/services/mol-work-permit',
    receipt,
    duties: [createSampleDutyItem({})],
    accountUrl: '/account',
  };
  return [
    { name: 'account', document: renderAccountPage(account, { ...own, services, activity: createActivity(words).slice(0, 6) }) },
    {
      name: 'account-ends-soon',
      document: renderAccountPage(account, {
        ...own,
        latest: null,
        endingSoon,
        ending: [endingSoon],
        services: createServiceList(items, 37),
        activity: [],
      }),
    },
    {
      name: 'account-ordered',
      document: renderAccountPage(account, {
        ...own,
        latest: latest === undefined ? null : { ...latest, kind: 'revoked', actedBy: 'authority' },
        services,
        activity: [],
      }),
    },
    {
      name: 'account-new',
      document: renderAccountPage(account, {
        ...own,
        latest: null,
        lastSignInAt: null,
        services: createServiceList([], 0),
        activity: [],
      }),
    },
    { name: 'activity', document: renderActivityPage(account, createActivityPage(words)) },
    {
      name: 'activity-none',
      document: renderActivityPage(account, {
        ...createActivityPage(words),
        items: [],
        lookedBackTo: now - 400 * day,
        group: 'over-asked',
      }),
    },
    {
      name: 'service',
      document: renderServicePage(account, { ...service, consents, activity: createActivity(words).slice(0, 4) }),
    },
    { name: 'service-by-law', document: renderServicePage(account, { ...service, consents: [byLaw], activity: [] }) },
    { name: 'withdrawn', document: renderChangedPage(account, { ...gone, change: 'withdrawn' }) },
    { name: 'paused', document: renderChangedPage(account, { ...gone, change: 'paused' }) },
    { name: 'narrowed', document: renderChangedPage(account, { ...gone, change: 'narrowed' }) },
    { name: 'resumed', document: renderChangedPage(account, { ...gone, change: 'resumed' }) },
  ];
}
