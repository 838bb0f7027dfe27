// The roots of FIDO's metadata lie beside the code, and an operator compares them with what their issuer publishes.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readFidoRoots } from '../../../src/cli/files/fido-roots.ts';

it('the operator’s guide names each of FIDO’s roots by its fingerprint, and none that is not there', () => {
  const guide = readFileSync(new URL('../../../docs/guides/operator.md', import.meta.url), 'utf8');
  const named = guide.match(/(?:[0-9A-F]{2}:){31}[0-9A-F]{2}/g) ?? [];
  expect(named.toSorted()).toEqual(
    readFidoRoots()
      .map(({ certificate }) => certificate.x509.fingerprint256)
      .toSorted(),
  );
});
