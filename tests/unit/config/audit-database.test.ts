import { expect, test } from 'vitest';
import { parseConfig } from '../../../src/config/parse-config.ts';

const complete = {
  HUWIYA_ISSUER: 'https://id.example.gov',
  HUWIYA_DATABASE: 'sqlite:own.db',
  HUWIYA_KEYS: 'keys',
  HUWIYA_TRUSTED_HOPS: '1',
};
const parse = (copy: string) => parseConfig({ ...complete, HUWIYA_AUDIT_DATABASE: copy }, '/srv');

test('Exports are read from a copy of the kind of the database, and of no other', () => {
  expect(parse('')).toMatchObject({ ok: true, value: { auditDatabase: undefined } });
  expect(parse('sqlite:copy.db')).toMatchObject({ ok: true, value: { auditDatabase: { kind: 'sqlite', path: '/srv/copy.db' } } });
  expect(parse('postgres://huwiya@replica/huwiya')).toMatchObject({ ok: false, faults: [{ setting: 'HUWIYA_AUDIT_DATABASE' }] });
  expect(parse('copy.db')).toMatchObject({ ok: false, faults: [{ setting: 'HUWIYA_AUDIT_DATABASE' }] });
});
