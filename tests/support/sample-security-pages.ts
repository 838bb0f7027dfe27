// The place "security" with passkeys, sessions that are open and sessions that have ended, with invented data.

import type { Passkey } from '../../views/models.ts';
import { renderSecurityPage } from '../../views/security.ts';
import type { SecurityPage } from '../../views/security-model.ts';
import { day, now } from './sample-words.ts';
import type { SampleWords } from './sample-words.ts';
import type { SamplePage, World } from './sample-world.ts';

const ceremony = { optionsUrl: '/ceremony/options', verifyUrl: '/ceremony/verify', token: 'sample-token' };

export const passkeys: readonly Passkey[] = [
  { name: 'iCloud Keychain', kind: 'synced', level: 'substantial', createdAt: now - 90 * day, lastUsedAt: now },
  { name: null, kind: 'security-key', level: 'high', createdAt: now - 20 * day, lastUsedAt: null },
];

function createSecurityPage(words: SampleWords): SecurityPage {
  const end = { action: '/account/sessions/1/end', token: 'sample-token' };
  return {
    passkeys,
    add: ceremony,
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

export function renderSecurityPages({ account, words }: World): readonly SamplePage[] {
  return [
    { name: 'security', document: renderSecurityPage(account, createSecurityPage(words)) },
    { name: 'security-shared', document: renderSecurityPage({ ...account, finish }, createSecurityPage(words)) },
    {
      name: 'security-done',
      document: renderSecurityPage(account, {
        ...createSecurityPage(words),
        add: { url: '/account/passkeys' },
        done: 'session-ended',
        sessions: createSecurityPage(words).sessions.slice(0, 1),
      }),
    },
  ];
}
