// The page that checks receipts is made and compressed once for a node, whatever keys its tokens are signed with.

import { generateKeyPairSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { createLogSigner } from '../../../src/domain/ledger/checkpoint.ts';
import { createKeyChange } from '../../../src/domain/ledger/key-change.ts';
import { toVerifier, toVerifierText } from '../../../src/domain/ledger/signed-note.ts';
import { getServed } from '../../../src/web/verify/show-verify.ts';
import { toPageAssets } from '../../../views/asset-list.ts';
import { createTexts } from '../../../views/messages/messages.ts';

it('the copy of /verify outlives the engine that a change of keys replaces, and holds each key of the log from when it changes', async () => {
  const issuer = 'https://id.example';
  const changes: string[] = [];
  const signer = createLogSigner(issuer, generateKeyPairSync('ed25519').privateKey);
  const needs = {
    issuer,
    texts: { ar: createTexts('ar'), en: createTexts('en') },
    assets: { names: toPageAssets((name) => `/assets/${name}`), byPath: new Map() },
    receiptKeys: { keys: [] },
    ledger: { readKeyChanges: async () => changes },
    logVerifier: toVerifier(signer),
  };
  const first = await getServed(needs, 'ar');
  expect(await getServed({ ...needs }, 'ar')).toBe(first);
  expect(first.bodies.br?.length).toBeLessThan(first.bodies.identity.length);
  const next = createLogSigner(issuer, generateKeyPairSync('ed25519').privateKey);
  changes.push(createKeyChange(signer, next, { last: { size: 3, root: new Uint8Array(32) }, at: 0, reason: 'planned' }));
  const later = await getServed(needs, 'ar');
  expect(later).not.toBe(first);
  expect(later.bodies.identity.toString()).toContain(toVerifierText(toVerifier(next)));
  expect(await getServed({ ...needs, ledger: { readKeyChanges: async () => Promise.reject(new Error('away')) } }, 'ar')).toBe(later);
});
