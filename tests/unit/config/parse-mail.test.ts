// Settings of mail: each part alone is read exactly, and together they cannot send codes to nowhere, or leave them lying about.

import { describe, expect, test } from 'vitest';
import type { Environment } from '../../../src/config/config.ts';
import { parseConfig } from '../../../src/config/parse-config.ts';

const complete = { HUWIYA_ISSUER: 'https://id.example', HUWIYA_DATABASE: 'sqlite:./h.db', HUWIYA_KEYS: './keys' };
const from = { HUWIYA_MAIL_FROM: 'notices@id.example' };

function read(changes: Environment) {
  const parsed = parseConfig({ ...complete, ...changes }, '/srv/huwiya');
  return parsed.ok ? parsed.value.mail : parsed.faults.map(({ setting }) => setting);
}

describe('mail', () => {
  test('is absent when nothing is set', () => {
    expect(read({})).toBeUndefined();
  });

  test.each([
    ['smtp://mail.internal', { host: 'mail.internal', port: 587, tls: 'starttls', login: null }],
    ['smtps://mail.internal', { host: 'mail.internal', port: 465, tls: 'implicit', login: null }],
    [
      'smtp://a%40b:s%2Fp%3A1@mail.internal:2525/',
      { host: 'mail.internal', port: 2525, tls: 'starttls', login: { user: 'a@b', password: 's/p:1' } },
    ],
  ])('goes through the relay %s', (url, relay) => {
    expect(read({ ...from, HUWIYA_SMTP_URL: url })).toEqual({
      door: { kind: 'smtp', relay },
      from: 'notices@id.example',
      smsAddress: null,
    });
  });

  test('goes into a folder on one’s own machine only', () => {
    const folder = { ...from, HUWIYA_MAIL_FOLDER: './mail', HUWIYA_SMS_ADDRESS: '+{number}@sms.example' };
    expect(read({ ...folder, HUWIYA_ISSUER: 'http://localhost:3000' })).toEqual({
      door: { kind: 'folder', folder: '/srv/huwiya/mail' },
      from: 'notices@id.example',
      smsAddress: '+{number}@sms.example',
    });
    expect(read(folder)).toEqual(['HUWIYA_MAIL_FOLDER']);
  });

  test.each([
    [{ HUWIYA_SMTP_URL: 'smtp://mail.internal' }, ['HUWIYA_MAIL_FROM']],
    [from, ['HUWIYA_SMTP_URL']],
    [{ HUWIYA_SMS_ADDRESS: '{number}@sms.example' }, ['HUWIYA_SMTP_URL']],
    [
      { ...from, HUWIYA_SMTP_URL: 'smtp://a.example', HUWIYA_MAIL_FOLDER: './m', HUWIYA_ISSUER: 'http://localhost:1' },
      ['HUWIYA_MAIL_FOLDER'],
    ],
    [{ ...from, HUWIYA_SMTP_URL: 'http://mail.internal' }, ['HUWIYA_SMTP_URL']],
    [{ ...from, HUWIYA_SMTP_URL: 'smtp://mail.internal/path' }, ['HUWIYA_SMTP_URL']],
    [{ ...from, HUWIYA_SMTP_URL: 'smtp://' }, ['HUWIYA_SMTP_URL']],
    [{ ...from, HUWIYA_SMTP_URL: 'smtp://%zz@mail.internal' }, ['HUWIYA_SMTP_URL']],
    [{ HUWIYA_SMTP_URL: 'smtp://a.example', HUWIYA_MAIL_FROM: 'Huwiya <notices@id.example>' }, ['HUWIYA_MAIL_FROM']],
    [{ ...from, HUWIYA_SMTP_URL: 'smtp://a.example', HUWIYA_SMS_ADDRESS: 'sms@gateway.example' }, ['HUWIYA_SMS_ADDRESS']],
    [{ ...from, HUWIYA_SMTP_URL: 'smtp://a.example', HUWIYA_SMS_ADDRESS: '{number}{number}@sms.example' }, ['HUWIYA_SMS_ADDRESS']],
  ])('set like %j names %j', (changes, settings) => {
    expect(read(changes)).toEqual(settings);
  });
});
