// The page that explains why a sign-in is not enough, in each of its forms.

import { renderStepUpPage } from '../../views/step-up.ts';
import type { StepUpPage } from '../../views/step-up-model.ts';
import { day, now } from './sample-words.ts';
import type { SamplePage, World } from './sample-world.ts';

export function renderStepUpPages({ frame, words }: World): readonly SamplePage[] {
  const used = { name: null, provider: null, kind: 'synced', level: 'substantial', createdAt: now - 90 * day, lastUsedAt: now } as const;
  const fitting = {
    name: 'YubiKey 5C NFC',
    provider: null,
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
  ];
}
