// The authorities that issue certificates to services, as a file: a start without them, or with something else in their place, stops and says why.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readAuthorities } from '../../../src/config/read-tls.ts';
import { createAuthority } from '../../support/certificate.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'huwiya-authorities-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const read = (text: string | undefined): string => {
  const file = join(folder, 'authorities.pem');
  if (text !== undefined) {
    writeFileSync(file, text);
  }
  const found = readAuthorities(text === undefined ? join(folder, 'nowhere.pem') : file);
  return found.ok ? String(found.value.length) : found.faults.map(({ setting, problem }) => `${setting} ${problem}`).join();
};

test('several may stand in one file, and nothing but authorities', () => {
  const [one, two] = [createAuthority('One'), createAuthority('Two')];
  const service = one.issue({ subject: { CN: 'service' } });
  expect(readAuthorities(undefined)).toEqual({ ok: true, value: [] });
  expect(read(one.certificate + two.certificate)).toBe('2');
  expect(read(one.certificate + service.certificate)).toBe('HUWIYA_MTLS_CA holds a certificate that may issue no others');
  expect(read('nothing')).toBe('HUWIYA_MTLS_CA names a file that is not a list of certificates');
  expect(read(undefined)).toBe('HUWIYA_MTLS_CA names a file that cannot be read');
});
