// The page that checks receipts is made and compressed once for a node, whatever keys its tokens are signed with.

import { generateKeyPairSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { createLogSigner } from '../../../src/domain/ledger/checkpoint.ts';
import { toVerifier } from '../../../src/domain/ledger/signed-note.ts';
import { getServed } from '../../../src/web/verify/show-verify.ts';
import { toPageAssets } from '../../../views/asset-list.ts';
import { createTexts } from '../../../views/messages/messages.ts';

it('the copy of /verify outlives the engine that a change of keys replaces', async () => {
  const issuer = 'https://id.example';
  const needs = {
    issuer,
    texts: { ar: createTexts('ar'), en: createTexts('en') },
    assets: { names: toPageAssets((name) => `/assets/${name}`), byPath: new Map() },
    receiptKeys: { keys: [] },
    logVerifier: toVerifier(createLogSigner(issuer, generateKeyPairSync('ed25519').privateKey)),
  };
  const first = await getServed(needs, 'ar');
  expect(await getServed({ ...needs }, 'ar')).toBe(first);
  expect(first.bodies.br?.length).toBeLessThan(first.bodies.identity.length);
});
