// The page that explains why a sign-in is not enough, in each of its forms.

import { renderStepUpPage } from '../../views/step-up.ts';
import type { StepUpPage } from '../../views/step-up-model.ts';
import { day, now } from './sample-words.ts';
import { renderLevelCodePage, renderLevelPage } from '../../views/level.ts';
import type { Frame, Passkey } from '../../views/models.ts';
import type { SamplePage, World } from './sample-world.ts';

function renderLevelPages(frame: Frame, bound: Passkey): readonly SamplePage[] {
  const token = 'sample-token';
  const code = { form: { action: '/account/level', token }, error: null, typed: '' };
  const page = {
    expiresAt: now + day,
    raisable: [],
    ceremony: { optionsUrl: '/ceremony/options', verifyUrl: '/ceremony/verify', token },
    isFull: false,
    newUrl: null,
  };
  return [
    { name: 'level-code', document: renderLevelCodePage(frame, code) },
    { name: 'level-code-wrong', document: renderLevelCodePage(frame, { ...code, error: 'level-code/refused', typed: 'K7Q4-9M2T' }) },
    { name: 'level-new', document: renderLevelPage(frame, page) },
    { name: 'level-raise', document: renderLevelPage(frame, { ...page, raisable: [bound], newUrl: '/account/level/K7Q4?way=new' }) },
  ];
}

export function renderStepUpPages({ frame, words }: World): readonly SamplePage[] {
  const used = { name: null, provider: null, kind: 'synced', level: 'substantial', createdAt: now - 90 * day, lastUsedAt: now } as const;
  const fitting = {
    name: words.officeKey,
    provider: 'YubiKey 5C NFC',
    kind: 'security-key',
    level: 'high',
    createdAt: now - 40 * day,
    lastUsedAt: null,
  } as const;
  const page: StepUpPage = {
    asker: words.labour,
    ask: 'minimum',
    used: { ...used, shortfall: 'synced', signedInAt: now },
    reaching: [fitting],
    ceremony: { optionsUrl: '/ceremony/options', verifyUrl: '/ceremony/verify', token: 'sample-token' },
    form: { action: '/interaction/x/decision', token: 'sample-token' },
    isReachable: true,
    againUrl: '/interaction/x',
    otherUrl: '/interaction/x?switch=yes',
  };
  const bound = { ...used, kind: 'device-bound', shortfall: 'binding', signedInAt: now } as const;
  return [
    { name: 'step-up', document: renderStepUpPage(frame, page) },
    {
      name: 'step-up-wished',
      document: renderStepUpPage(frame, { ...page, ask: 'wished', reaching: [fitting, { ...fitting, name: null, kind: 'device-bound' }] }),
    },
    { name: 'step-up-none', document: renderStepUpPage(frame, { ...page, ask: 'demanded', used: bound, reaching: [], ceremony: null }) },
    {
      name: 'step-up-synced',
      document: renderStepUpPage(frame, { ...page, reaching: [], ceremony: null }),
    },
    {
      name: 'step-up-unreachable',
      document: renderStepUpPage(frame, { ...page, ask: 'demanded', reaching: [], ceremony: null, isReachable: false }),
    },
    ...renderLevelPages(frame, bound),
  ];
}
