import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Context } from '../../../src/cli/context.ts';
import { readPeople } from '../../../src/cli/files/people-file.ts';
import { runPeopleImport } from '../../../src/cli/people-import.ts';
import { runPeopleInvite } from '../../../src/cli/people-invite.ts';
import { runPeopleStatus } from '../../../src/cli/people-status.ts';
import type { PeopleStatusOptions } from '../../../src/cli/people-status.ts';
import type { GivenLine } from '../../../src/domain/people/import-people.ts';
import { toDigest } from '../../../src/domain/kernel/ids.ts';
import { toRegistryDigest } from '../../../src/domain/people/registry-digest.ts';
import { createCapturedContext } from '../../support/captured-context.ts';
import type { CapturedContext } from '../../support/captured-context.ts';
import type { OpenedDatabase } from '../../support/opened-database.ts';
import { createEvent, createPasskey } from '../../support/store-samples.ts';
import { createSqliteDatabase, createTestFolder } from '../../support/sqlite-database.ts';
import { parsePersonReference } from '../../../src/domain/people/parse-person-reference.ts';
import { giveStatus } from '../../../src/domain/protection/change-status.ts';
import { freezePerson } from '../../../src/domain/protection/freeze-person.ts';

const database = createSqliteDatabase();
const folder = createTestFolder();
let opened: OpenedDatabase;
let captured: CapturedContext;

beforeAll(async () => {
  opened = await database.open();
  captured = createCapturedContext(opened.storage);
});
afterAll(async () => {
  await opened.close();
  await database.stop();
  folder.remove();
});

function write(name: string, text: string): string {
  writeFileSync(folder.path(name), text);
  return folder.path(name);
}

async function readAll(...chunks: readonly Uint8Array[]): Promise<readonly GivenLine[]> {
  async function* toStream(): AsyncIterable<Uint8Array> {
    yield* chunks;
  }
  const lines: GivenLine[] = [];
  for await (const line of readPeople(toStream())) {
    lines.push(line);
  }
  return lines;
}

test('the demo people can be imported, and again', async () => {
  const options = { file: 'examples/demo/people.jsonl', json: true };
  expect(await runPeopleImport(captured.context, options)).toBe(0);
  expect(JSON.parse(captured.takeOut())).toEqual({ added: 3, changed: 0, unchanged: 0, status_changed: 0 });
  expect(await runPeopleImport(captured.context, { ...options, json: false })).toBe(0);
  expect(captured.takeOut()).toBe('0 added, 0 changed, 3 unchanged\n');
  expect(captured.takeErr()).toBe('');
});

test('the registry says who died, and a word that is no status is a bad line', async () => {
  const options = (name: string, status: string) => ({
    file: write(name, `{"id":"P9","kind":"visitor","status":"${status}"}\n`),
    json: false,
  });
  expect(await runPeopleImport(captured.context, options('alive.jsonl', 'active'))).toBe(0);
  captured.takeOut();
  expect(await runPeopleImport(captured.context, options('died.jsonl', 'deceased'))).toBe(0);
  expect(captured.takeOut()).toBe('0 added, 0 changed, 1 unchanged, status of 1 changed\n');
  expect(await runPeopleImport(captured.context, options('wrong.jsonl', 'frozen'))).toBe(1);
  expect(captured.takeErr()).toContain('line 1: status must be one of active, suspended, deceased, emigrated');
});

test('bad lines are named by number and reason, and the exit code is 1', async () => {
  const file = write(
    'bad.jsonl',
    '{"id":"P1","kind":"visitor"}\n\n{"id":"P2"}\nnonsense 4711\n{"id":"P1","kind":"visitor","email":"4711"}\n',
  );
  expect(await runPeopleImport(captured.context, { file, json: false })).toBe(1);
  expect(captured.takeErr().split('\n')).toEqual([
    'line 3: kind must be one of citizen, resident, visitor, gcc',
    'line 4: is not JSON',
    'line 5: email must be an email address',
    `${file}: 3 bad lines; nothing was changed`,
    '',
  ]);
  expect(await runPeopleStatus(captured.context, { id: 'P1', status: 'active', json: false })).toBe(1);
  expect(captured.takeErr()).toContain('person/unknown');
});

test('a file that is not there is one clear line', async () => {
  const file = folder.path('nothing.jsonl');
  expect(await runPeopleImport(captured.context, { file, json: false })).toBe(1);
  expect(captured.takeErr()).toBe(`${file}: cannot be read\n`);
});

test('a file without a line, and one that can be read only once, are one clear line each', async () => {
  const file = write('empty.jsonl', '\n\n');
  expect(await runPeopleImport(captured.context, { file, json: false })).toBe(1);
  expect(captured.takeErr()).toBe(`${file}: holds no line; nothing was changed\n`);
  expect(await runPeopleImport(captured.context, { file: '/dev/null', json: false })).toBe(1);
  expect(captured.takeErr()).toContain('/dev/null: is read twice');
  expect(captured.takeOut()).toBe('');
});

test('an invitation prints a link that opens one enrolment', async () => {
  expect(await runPeopleInvite(captured.context, { id: '1000000008', json: true })).toBe(0);
  const { url, expires_at: expiresAt } = JSON.parse(captured.takeOut());
  const [origin, token = ''] = String(url).split('/enrol/');
  expect(origin).toBe('http://localhost:3000');
  expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(await opened.storage.people.findInvitation(toDigest(token), Date.now())).toMatchObject({
    expiresAt: Date.parse(String(expiresAt)),
  });
  expect(captured.takeErr()).toBe('');
});

test('an invitation of somebody who had a passkey works, says what it is, and leads to no more than substantial', async () => {
  const { people, passkeys } = opened.storage;
  const person = await people.findPersonByRegistry(toRegistryDigest(captured.context.keys.data.lookup, '1000000008'));
  const passkey = createPasskey(person?.id ?? '');
  const events = { at: 1, events: [], sealSessionEnd: () => createEvent('session.ended') };
  await passkeys.savePasskey({ passkey, invitationDigest: null, now: 1, event: createEvent('passkey.registered') });
  await passkeys.endPasskeys({ personId: passkey.personId, ids: null, reason: 'recovered', keepsOne: false, ...events });
  expect(await runPeopleInvite(captured.context, { id: '1000000008', json: true })).toBe(0);
  const token = String(JSON.parse(captured.takeOut()).url).split('/enrol/')[1] ?? '';
  expect(await people.findInvitation(toDigest(token), Date.now())).toMatchObject({ ceiling: 'substantial' });
  expect(captured.takeErr()).toMatch(/has a passkey, or had one[\s\S]*No letter tells them[\s\S]*recovery/);
});

test('such an invitation says whether a letter tells the person, who may have no proven address', async () => {
  const mail = { door: { kind: 'folder', folder: folder.path('mail') }, from: 'notices@huwiya.example', smsAddress: null } as const;
  const writing = { ...captured.context, config: { ...captured.context.config, mail } };
  const invite = async (context: Context, contact: Readonly<Record<string, unknown>>): Promise<string> => {
    const line = JSON.stringify({ id: '1000000008', kind: 'citizen', ...contact });
    expect(await runPeopleImport(context, { file: write('contact.jsonl', line), json: false })).toBe(0);
    expect(await runPeopleInvite(context, { id: '1000000008', json: true })).toBe(0);
    captured.takeOut();
    return captured.takeErr();
  };
  const proven = { email: 'sara@example.test', email_verified: true };
  expect(await invite(writing, proven)).toContain('told now, by a letter to their proven email address');
  expect(await invite(captured.context, proven)).toContain('No letter tells them, for no letters leave this installation');
  for (const contact of [{}, { ...proven, email_verified: false }, { phone_number: '+966500000000', phone_number_verified: true }]) {
    expect(await invite(writing, contact)).toContain('No letter tells them, for they have no proven email address');
  }
});

test('a status takes effect, and who is frozen cannot be invited', async () => {
  expect(await runPeopleStatus(captured.context, { id: '2000000006', status: 'frozen', json: true })).toBe(0);
  expect(JSON.parse(captured.takeOut())).toEqual({ from: 'active', to: 'frozen' });
  expect(await runPeopleInvite(captured.context, { id: '2000000006', json: false })).toBe(1);
  expect(captured.takeErr()).toContain('frozen');
});

test('an order beside the person’s own freeze is said, and what is an order already is no change', async () => {
  const status = async () => runPeopleStatus(captured.context, { id: '2000000006', status: 'frozen', json: false });
  await runPeopleStatus(captured.context, { id: '2000000006', status: 'active', json: true });
  captured.takeOut();
  captured.takeErr();
  const { storage, keys, clock, random, issuer } = captured.context;
  const found = await parsePersonReference({ people: storage.people, lookupKey: keys.data.lookup }, '2000000006');
  const needs = { protection: storage.protection, clock, random, issuer };
  const person = { kind: 'person', ref: null } as const;
  await freezePerson(needs, { personId: found.ok ? found.value.id : '', how: 'session', authority: 'own', actor: person });
  expect([await status(), captured.takeOut()]).toEqual([0, 'frozen → frozen\n']);
  expect(captured.takeErr()).toContain('they can no longer lift it');
  expect([await status(), captured.takeOut(), captured.takeErr()]).toEqual([0, 'is frozen already\n', '']);
});

const entriesOf = async (type: string): Promise<readonly Record<string, unknown>[]> => {
  const rows = await opened.engine.read({ text: 'SELECT body FROM entries WHERE type = ? ORDER BY rowid', values: [type] });
  return rows.map((row) => z.record(z.string(), z.unknown()).parse(JSON.parse(String(row['body']))));
};
const give = async (status: string, more: Partial<PeopleStatusOptions> = {}) => {
  const code = await runPeopleStatus(captured.context, { id: '2000000006', status, json: false, ...more });
  return [code, captured.takeOut(), captured.takeErr()];
};

test('`active` ends the order alone where the person froze too, and their own freeze by an explicit word', async () => {
  const order = { reason: 'the court took it back', reference: 'court 4471/2' };
  const stands = expect.stringContaining('the order has ended; the person’s own freeze goes on');
  expect(await give('active', order)).toEqual([0, 'frozen → frozen\n', stands]);
  expect((await entriesOf('person.order_lifted')).at(-1)).toMatchObject({ reason: order.reason, payload: { reference: order.reference } });
  const kept = expect.stringMatching(/nothing was changed: the freeze is the person’s own.*--end-own-freeze/);
  expect([await give('active'), (await entriesOf('person.unfrozen')).length]).toEqual([[1, '', kept], 1]);
  const ended = await give('active', { endsOwnFreeze: true });
  expect(ended).toEqual([0, 'frozen → active\n', expect.stringMatching(/ended without the delay; they are told\n.*no reason was given/)]);
  expect((await entriesOf('person.unfrozen')).at(-1)).toMatchObject({ reason: 'none-given', payload: { after: 'order' } });
});

test('why a status is given is kept in the entry, asked for where it closes or opens, and never too long', async () => {
  const why = { reason: ' reported stolen ', reference: 'case 12' };
  expect(await give('frozen', why)).toEqual([0, 'active → frozen\n', '']);
  expect((await entriesOf('person.frozen')).at(-1)).toMatchObject({ reason: 'reported stolen', payload: { reference: 'case 12' } });
  expect(await give('active', { reason: 'found again' })).toEqual([0, 'frozen → active\n', '']);
  expect((await entriesOf('person.unfrozen')).at(-1)).toMatchObject({ reason: 'found again', payload: { after: 'order' } });
  expect(await give('suspended')).toEqual([0, 'active → suspended\n', '']);
  expect(await give('active')).toEqual([0, 'suspended → active\n', expect.stringContaining('no reason was given, and the entry says so')]);
  expect((await entriesOf('person.status_changed')).at(-1)).toMatchObject({ reason: 'none-given', payload: { to: 'active' } });
  for (const wrong of [{ reason: ' ' }, { reference: 'x'.repeat(501) }, { endsOwnFreeze: true }]) {
    expect((await give('frozen', wrong))[0]).toBe(2);
  }
  expect(await give('frozen')).toEqual([0, 'active → frozen\n', expect.stringContaining('no reason was given')]);
});

test('why a link is made for somebody who had a passkey is kept in the entry, and asked for', async () => {
  const options = { id: '1000000008', json: true };
  expect(await runPeopleInvite(captured.context, options)).toBe(0);
  expect(captured.takeErr()).toContain('no reason was given');
  expect((await entriesOf('person.invited')).at(-1)).toMatchObject({ reason: 'none-given', payload: { returning: true } });
  expect(await runPeopleInvite(captured.context, { ...options, reason: 'all devices burnt', reference: 'ticket 9' })).toBe(0);
  expect(captured.takeErr()).not.toContain('no reason');
  const said = { reason: 'all devices burnt', payload: { returning: true, reference: 'ticket 9' } };
  expect((await entriesOf('person.invited')).at(-1)).toMatchObject(said);
  expect(await runPeopleInvite(captured.context, { ...options, reason: '' })).toBe(2);
  captured.takeOut();
  captured.takeErr();
});

test('a status that came in between is told, and not that it worked', async () => {
  const { storage, keys, clock, random, issuer } = captured.context;
  const needs = { people: storage.people, protection: storage.protection, issuer, lookupKey: keys.data.lookup, clock, random };
  const late = {
    ...needs,
    protection: {
      ...storage.protection,
      freeze: async () => 'closed' as const,
      lift: async () => false,
      liftOrder: async () => 'nothing' as const,
    },
  };
  expect(await giveStatus(late, '2000000006', { status: 'frozen' })).toMatchObject({ ok: false, code: 'store/conflict' });
  await giveStatus(needs, '2000000006', { status: 'frozen' });
  expect(await giveStatus(late, '2000000006', { status: 'active' })).toMatchObject({ ok: false, code: 'store/conflict' });
});

test('a status that does not exist is wrong usage', async () => {
  expect(await runPeopleStatus(captured.context, { id: '2000000006', status: 'gone', json: false })).toBe(2);
  expect(captured.takeErr()).toContain('active, suspended, frozen, deceased, emigrated');
});

test('progress is drawn on a terminal only', async () => {
  const lines = Array.from({ length: 1100 }, (_, index) => JSON.stringify({ id: `V${index}`, kind: 'visitor' })).join('\n');
  const file = write('many.jsonl', lines);
  const terminal = createCapturedContext(opened.storage, { isTerminal: true });
  expect(await runPeopleImport(terminal.context, { file, json: false })).toBe(0);
  expect(terminal.takeErr()).toContain('writing [##############################] 1100/1100');
  expect(await runPeopleImport(captured.context, { file, json: false })).toBe(0);
  expect(captured.takeErr()).toBe('');
});

test('lines are found wherever the chunks are cut, also inside a letter', async () => {
  const bytes = Buffer.from('{"id":"V1","kind":"visitor","given_name#ar":"سارة"}\r\n{"id":"V2","kind":"gcc"}');
  const whole = await readAll(bytes);
  expect(whole).toEqual([
    { number: 1, ok: true, given: { id: 'V1', kind: 'visitor', status: null, data: { 'given_name#ar': 'سارة' } } },
    { number: 2, ok: true, given: { id: 'V2', kind: 'gcc', status: null, data: {} } },
  ]);
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    expect(await readAll(bytes.subarray(0, cut), bytes.subarray(cut))).toEqual(whole);
  }
});

test.each<[string, Uint8Array, string]>([
  ['no UTF-8', Uint8Array.of(0x7b, 0xff, 0x7d), 'is not UTF-8'],
  ['no object', Buffer.from('[1]'), 'is not a JSON object'],
  ['a number as identifier', Buffer.from('{"id":1000000008,"kind":"citizen"}'), 'id must be a text'],
  ['no end', Buffer.alloc(70_000, 0x20), 'is longer than 65536 bytes'],
  ['endless nesting', Buffer.from(`{"id":"V1","kind":"visitor","address":${'['.repeat(9000)}`), 'is not JSON'],
])('a line with %s is bad', async (_title, bytes, reason) => {
  expect(await readAll(bytes)).toEqual([{ number: 1, ok: false, reason }]);
});
