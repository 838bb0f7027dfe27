// The place "security" with passkeys, sessions that are open and sessions that have ended, with invented data.

import type { Passkey } from '../../views/models.ts';
import { renderEnrolledPage } from '../../views/enrolled.ts';
import { renderPasskeyNamePage } from '../../views/passkey-name.ts';
import { renderPasskeyRemovePage } from '../../views/passkey-remove.ts';
import { renderSecurityPage } from '../../views/security.ts';
import type { SecurityPage } from '../../views/security-model.ts';
import { renderSignInsPage } from '../../views/sign-ins.ts';
import { day, now } from './sample-words.ts';
import type { SampleWords } from './sample-words.ts';
import type { SamplePage, World } from './sample-world.ts';

const ceremony = { optionsUrl: '/ceremony/options', verifyUrl: '/ceremony/verify', token: 'sample-token' };

const createPhone = (words: SampleWords): Passkey => ({
  name: null,
  provider: words.keychain,
  kind: 'synced',
  level: 'substantial',
  createdAt: now - 90 * day,
  lastUsedAt: now,
});
const createKey = (words: SampleWords): Passkey => ({
  name: words.officeKey,
  provider: 'YubiKey 5 NFC',
  kind: 'security-key',
  level: 'high',
  createdAt: now - 20 * day,
  lastUsedAt: null,
});
const computer: Passkey = {
  name: null,
  provider: null,
  kind: 'device-bound',
  level: 'substantial',
  createdAt: now - 60 * day,
  lastUsedAt: now - 30 * day,
};

export const createPasskeys = (words: SampleWords): readonly Passkey[] => [createPhone(words), createKey(words), computer];

const createOwnPasskeys = (words: SampleWords): SecurityPage['passkeys'] =>
  createPasskeys(words).map((passkey, index) => ({
    passkey,
    nameUrl: `/account/passkeys/${index}/name`,
    removeUrl: `/account/passkeys/${index}/remove`,
    isUsedHere: index === 0,
  }));

function createSecurityPage(words: SampleWords): SecurityPage {
  const end = { action: '/account/sessions/1/end', token: 'sample-token' };
  return {
    passkeys: createOwnPasskeys(words),
    add: { ...ceremony, againUrl: '/account/passkeys' },
    signal: { rpId: 'huwiya.example', userId: 'c2FtcGxl', credentialIds: ['b25l', 'dHdv'], label: words.fullName },
    done: 'passkey-added',
    sessions: [
      {
        device: { browser: 'safari', system: 'iphone' },
        startedAt: now - 720_000,
        lastSeenAt: now,
        serviceNames: [words.labour.serviceName, words.housing.serviceName],
        isShared: false,
        end: null,
      },
      {
        device: { browser: 'chrome', system: 'windows' },
        startedAt: now - 1_500_000,
        lastSeenAt: now - 300_000,
        serviceNames: [],
        isShared: true,
        end,
      },
      {
        device: { browser: null, system: null },
        startedAt: now - day / 2,
        lastSeenAt: now - 1_500_000,
        serviceNames: [words.labour.serviceName],
        isShared: false,
        end,
      },
    ],
    endOthers: { action: '/account/sessions/end-others', token: 'sample-token' },
    cappedAt: null,
    signInsUrl: '/account/sign-ins',
    notices: { url: '/account/notices', count: 3 },
    freezeUrl: '/account/freeze',
    levelUrl: '/account/level',
    endAll: { action: '/account/sessions/end', token: 'sample-token' },
    left: [
      {
        endedAt: now - 3_600_000,
        services: [
          { name: words.labour.serviceName, state: 'told' },
          { name: words.housing.serviceName, state: 'untold' },
        ],
      },
      { endedAt: now - day / 2, services: [{ name: words.insurance.serviceName, state: 'failed' }] },
    ],
    idle: 'PT30M',
    longest: 'PT12H',
  };
}

const finish = { action: '/finish', token: 'sample-token' };
const form = { action: '/account/passkeys/1/form', token: 'sample-token' };
const securityUrl = '/account/security';

function renderOnePasskey({ account, words }: World): readonly SamplePage[] {
  const phone = createPhone(words);
  const naming = { passkey: phone, form, securityUrl };
  const removal = { passkey: phone, isLast: false, endsHere: true, endsElsewhere: 2, form, addUrl: '/account/passkeys', securityUrl };
  return [
    { name: 'passkey-name', document: renderPasskeyNamePage(account, { ...naming, given: '', isWrong: false }) },
    { name: 'passkey-name-wrong', document: renderPasskeyNamePage(account, { ...naming, given: '<b>', isWrong: true }) },
    { name: 'passkey-remove', document: renderPasskeyRemovePage(account, removal) },
    { name: 'passkey-remove-last', document: renderPasskeyRemovePage(account, { ...removal, isLast: true }) },
  ];
}

function renderSignIns({ account, words }: World): SamplePage {
  const url = '/account/activity/1';
  const started = { kind: 'started', device: { browser: 'safari', system: 'iphone' }, level: 'substantial', isShared: false, url } as const;
  const page = renderSignInsPage(account, {
    items: [
      { ...started, at: now, serviceName: words.labour.serviceName, passkey: { ...createPhone(words), isRemoved: false } },
      { kind: 'ended', at: now - 3_600_000, reason: 'too-many-sessions', url },
      { kind: 'suspended', at: now - day / 2, url },
      { kind: 'ended', at: now - day / 2, reason: 'copied', url },
      {
        ...started,
        at: now - day,
        device: { browser: 'chrome', system: 'windows' },
        serviceName: null,
        passkey: { ...createKey(words), isRemoved: true },
        level: 'high',
        isShared: true,
      },
      { ...started, at: now - 9 * day, device: { browser: null, system: null }, serviceName: words.housing.serviceName, passkey: null },
    ],
    olderUrl: '/account/sign-ins?place=1',
    newestUrl: null,
    securityUrl,
    freezeUrl: '/account/freeze',
  });
  return { name: 'sign-ins', document: page };
}

function renderEnrolled({ frame }: World): readonly SamplePage[] {
  const offer = { ceremony, skip: { action: '/enrol/spare/skip', token: 'sample-token' } };
  return [
    { name: 'enrolled', document: renderEnrolledPage(frame, { offer, done: 'first', accountUrl: '/account' }) },
    { name: 'enrolled-later', document: renderEnrolledPage(frame, { offer: null, done: 'first', accountUrl: '/account' }) },
    { name: 'enrolled-spare', document: renderEnrolledPage(frame, { offer: null, done: 'spare', accountUrl: '/account' }) },
    { name: 'enrolled-another', document: renderEnrolledPage(frame, { offer: null, done: 'another', accountUrl: '/account' }) },
  ];
}

/** While somebody asked to come back to the account, each page of the person says so. */
function withRecovery({ signedIn, ...frame }: World['account']): World['account'] {
  return { ...frame, signedIn: signedIn && { ...signedIn, recovery: { action: '/account/recovery/cancel', token: 'sample-token' } } };
}

export function renderSecurityPages(world: World): readonly SamplePage[] {
  const { account, words } = world;
  const security = createSecurityPage(words);
  return [
    { name: 'security', document: renderSecurityPage(account, security) },
    {
      name: 'security-shared',
      document: renderSecurityPage({ ...account, finish }, { ...security, signal: null, cappedAt: now - 60_000 }),
    },
    {
      name: 'security-done',
      document: renderSecurityPage(account, {
        ...security,
        passkeys: security.passkeys.slice(0, 1),
        add: { url: '/account/passkeys' },
        done: 'session-ended',
        sessions: security.sessions.slice(0, 1),
      }),
    },
    { name: 'security-recovery', document: renderSecurityPage(withRecovery(account), { ...security, done: null, left: [] }) },
    ...renderOnePasskey(world),
    renderSignIns(world),
    ...renderEnrolled(world),
  ];
}
