// What doctor says about mail: each way in a line, and of a relay whether it lets us in.

import { expect, test } from 'vitest';
import { checkMail } from '../../../src/cli/doctor/check-mail.ts';
import type { Environment } from '../../../src/config/config.ts';
import { parseConfig } from '../../../src/config/parse-config.ts';
import { startSmtpServer } from '../../support/smtp-server.ts';

const complete = { HUWIYA_ISSUER: 'http://localhost:3000', HUWIYA_DATABASE: 'sqlite:./h.db', HUWIYA_KEYS: './keys' };
const from = { HUWIYA_MAIL_FROM: 'notices@huwiya.example' };

const look = async (changes: Environment) => {
  const [finding] = await checkMail({ config: parseConfig({ ...complete, ...changes }, '/srv') });
  return finding;
};

test('without mail, and with a folder of letters, all is well and says what follows', async () => {
  expect(await look({})).toMatchObject({ check: 'mail', result: 'ok', detail: expect.stringContaining('at a counter') });
  expect(await look({ ...from, HUWIYA_MAIL_FOLDER: './mail' })).toMatchObject({
    result: 'ok',
    detail: expect.stringContaining('/srv/mail'),
  });
});

test('a relay is asked up to the login; what it refuses is named with what to do, and no password', async () => {
  const server = await startSmtpServer({ login: { user: 'huwiya', password: 'right-one' } });
  const toUrl = (password: string) => ({ ...from, HUWIYA_SMTP_URL: `smtp://huwiya:${password}@127.0.0.1:${server.port}` });
  expect(await look(toUrl('right-one'))).toMatchObject({ result: 'ok', detail: expect.stringContaining('lets us in') });
  const refused = await look(toUrl('wrong-one'));
  expect(refused).toMatchObject({
    result: 'failed',
    detail: expect.stringContaining('smtp-535'),
    fix: expect.stringContaining('password'),
  });
  expect(JSON.stringify(refused)).not.toContain('wrong-one');
  expect(server.letters).toEqual([]);
  await server.close();
  expect(await look(toUrl('right-one'))).toMatchObject({ result: 'failed', fix: expect.stringContaining('HUWIYA_SMTP_URL') });
});
