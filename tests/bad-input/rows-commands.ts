// What an operator or an auditor may hand to a command: files, settings, words.

import type { CommandAsked, CommandRow } from './row.ts';
import { officerAsked } from './rows-officers.ts';
import { upkeepAsked } from './rows-upkeep.ts';

const importPeople = ['people', 'import', '{file}'];
const visitor = (members: string): string => `{"id":"V-1","kind":"visitor"${members === '' ? '' : `,${members}`}}\n`;

const people: readonly CommandAsked[] = [
  { what: 'a line that is no JSON', args: importPeople, file: '{"id":"V-1"', says: 'line 1: is not JSON' },
  { what: 'a line that is a list', args: importPeople, file: '[1]', says: 'line 1: is not a JSON object' },
  { what: 'a line that is no UTF-8', args: importPeople, file: Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d), says: 'line 1: is not UTF-8' },
  {
    what: 'a line of 70 000 bytes',
    args: importPeople,
    file: visitor(`"email":"${'x'.repeat(70_000)}"`),
    says: 'line 1: is longer than 65536 bytes',
  },
  {
    what: 'a line nested 500 deep',
    args: importPeople,
    file: visitor(`"address":${'['.repeat(500)}${']'.repeat(500)}`),
    says: 'line 1: is not JSON',
  },
  { what: 'a number for an identifier', args: importPeople, file: '{"id":1000000008,"kind":"citizen"}', says: 'line 1: id must be a text' },
  { what: 'an empty identifier', args: importPeople, file: '{"id":"","kind":"visitor"}', says: 'line 1: id must be 1 to 64 of A-Z' },
  {
    what: 'a national number with a wrong check digit',
    args: importPeople,
    file: '{"id":"1000000009","kind":"citizen"}',
    says: 'line 1: id has a wrong check digit',
  },
  { what: 'the same identifier twice', args: importPeople, file: visitor('') + visitor(''), says: 'line 2: id is the same as in line 1' },
  { what: 'no kind', args: importPeople, file: '{"id":"V-1"}', says: 'line 1: kind must be one of citizen, resident, visitor, gcc' },
  { what: 'a kind that does not exist', args: importPeople, file: '{"id":"V-1","kind":"alien"}', says: 'line 1: kind must be one of' },
  {
    what: 'an attribute that does not exist',
    args: importPeople,
    file: visitor('"shoe_size":44'),
    says: 'line 1: shoe_size is not the name of an attribute',
  },
  {
    what: 'a member named like a prototype',
    args: importPeople,
    file: visitor('"__proto__":{"x":1}'),
    says: 'line 1: a member is not the name of an attribute',
  },
  {
    what: 'a member that comes twice',
    args: importPeople,
    file: visitor('"gender":"female","gender":"male"'),
    says: 'line 1: names a member twice',
  },
  {
    what: 'half a surrogate pair in a name',
    args: importPeople,
    file: visitor('"given_name#ar":"a\\ud800b"'),
    says: 'line 1: given_name#ar must be a text of 1 to 300 characters',
  },
  {
    what: 'a null character in a name',
    args: importPeople,
    file: visitor('"given_name#ar":"a\\u0000b"'),
    says: 'without control characters',
  },
  {
    what: 'a day that does not exist',
    args: importPeople,
    file: visitor('"birthdate":"1990-02-31"'),
    says: 'line 1: birthdate must be a real date',
  },
  {
    what: 'an address without an at sign',
    args: importPeople,
    file: visitor('"email":"sara"'),
    says: 'line 1: email must be an email address',
  },
  { what: 'a file that is not there', args: ['people', 'import', '{dir}/nothing.jsonl'], says: 'nothing.jsonl: cannot be read' },
  { what: 'a folder for a file', args: ['people', 'import', '{dir}'], says: 'cannot be read' },
];

const apply = ['agencies', 'apply', '{file}'];
const inAgency = (members: string): string =>
  `{"agencies":[{"id":"x","registration_number":"7000000009","name":{"ar":"جهة","en":"Agency"}${members}}]}`;
const inService = (members: string): string =>
  inAgency(`,"services":[{"client_id":"x-y","class":"standard","name":{"ar":"خدمة","en":"Service"}${members}}]`);

const agencies: readonly CommandAsked[] = [
  { what: 'a file that is no JSON', args: apply, file: '{', says: 'file: is not JSON' },
  { what: 'a file that is no UTF-8', args: apply, file: Uint8Array.of(0xff, 0xfe), says: 'file: is not JSON' },
  { what: 'a list in place of an object', args: apply, file: '[]', says: 'file: must be an object, not a list' },
  { what: 'an object in place of a list', args: apply, file: '{"agencies":{}}', says: 'agencies: must be a list, not an object' },
  { what: 'a member that nobody knows', args: apply, file: '{"agencies":[],"x":1}', says: 'file: has a member that is not known: x' },
  { what: 'a member that comes twice', args: apply, file: '{"agencies":[],"agencies":[]}', says: 'file: names a member twice: agencies' },
  {
    what: 'an agency without a name',
    args: apply,
    file: '{"agencies":[{"id":"x","registration_number":"1"}]}',
    says: 'agencies[0].name: is missing',
  },
  {
    what: 'a name in one language only',
    args: apply,
    file: '{"agencies":[{"id":"x","registration_number":"1","name":{"en":"X"}}]}',
    says: 'agencies[0].name.ar: is missing',
  },
  {
    what: 'an id with a space',
    args: apply,
    file: inAgency('').replace('"x"', '"a b"'),
    says: 'agencies[0].id: is not in the form of an id',
  },
  {
    what: 'a class that does not exist',
    args: apply,
    file: inService('').replace('standard', 'royal'),
    says: 'agencies[0].services[0].class: must be one of',
  },
  {
    what: 'a redirect address with a wildcard',
    args: apply,
    file: inService(',"redirect_uris":["https://*.example/cb"]'),
    says: 'agencies[0].services[0].redirect_uris[0]',
  },
  {
    what: 'a redirect address that is a script',
    args: apply,
    file: inService(',"redirect_uris":["javascript:alert(1)"]'),
    says: 'agencies[0].services[0].redirect_uris[0]',
  },
  {
    what: 'a setting of a service in the wrong type',
    args: apply,
    file: inService(',"require_auth_time":"yes"'),
    says: 'agencies[0].services[0].require_auth_time: must be true or false, not a text',
  },
  { what: 'a file that is not there', args: ['agencies', 'apply', '{dir}/nothing.json'], says: 'nothing.json: cannot be read' },
];

const serve = ['serve'];
const settings: readonly CommandAsked[] = [
  { what: 'a settings file that is not there', args: ['serve', '--config', '{dir}/nothing.env'], says: 'nothing.env: cannot be read' },
  { what: 'a name that is no setting', args: serve, settings: 'HUWIYA_LISTN=1', says: 'HUWIYA_LISTN: is not a setting' },
  { what: 'a setting without an equals sign', args: serve, settings: 'HUWIYA_LOG_LEVEL', says: 'HUWIYA_LOG_LEVEL: has no equals sign' },
  { what: 'a log level that does not exist', args: serve, settings: 'HUWIYA_LOG_LEVEL=loud', says: 'HUWIYA_LOG_LEVEL:' },
  { what: 'an address to listen at that is none', args: serve, settings: 'HUWIYA_LISTEN=somewhere', says: 'HUWIYA_LISTEN:' },
  { what: 'a database of another kind', args: serve, settings: 'HUWIYA_DATABASE=mysql://x', says: 'HUWIYA_DATABASE:' },
  { what: 'a number that is none', args: serve, settings: 'HUWIYA_TRUSTED_HOPS=many', says: 'HUWIYA_TRUSTED_HOPS:' },
  {
    what: 'an issuer that the database was not begun with',
    args: serve,
    settings: 'HUWIYA_ISSUER=http://localhost:4',
    says: 'HUWIYA_ISSUER:',
  },
  { what: 'a certificate without its key', args: serve, settings: 'HUWIYA_TLS_CERT=./nothing.pem', says: 'HUWIYA_TLS_KEY' },
  {
    what: 'a certificate that is not there',
    args: serve,
    settings: 'HUWIYA_TLS_CERT=./nothing.pem\nHUWIYA_TLS_KEY=./nothing.pem',
    says: 'HUWIYA_TLS_CERT',
  },
  {
    what: 'a certificate that is none',
    args: serve,
    file: 'garbage',
    settings: 'HUWIYA_TLS_CERT={file}\nHUWIYA_TLS_KEY={file}',
    says: 'HUWIYA_TLS_',
  },
  { what: 'keys that are not there', args: serve, settings: 'HUWIYA_KEYS=./nowhere', says: 'HUWIYA_KEYS' },
  {
    what: 'a database that is none',
    args: serve,
    file: 'x'.repeat(5000),
    settings: 'HUWIYA_DATABASE=sqlite:{file}',
    says: 'HUWIYA_DATABASE',
  },
];

const evidence: readonly CommandAsked[] = [
  { what: 'a receipt that is no JSON', args: ['receipt', 'verify', '{file}'], file: Uint8Array.of(0x00, 0xff), says: 'failed  form' },
  { what: 'a receipt that is a list', args: ['receipt', 'verify', '{file}'], file: '[]', says: 'failed  form' },
  { what: 'a receipt that is not there', args: ['receipt', 'verify', '{dir}/nothing'], says: 'nothing: cannot be read' },
  { what: 'a log key that is none', args: ['receipt', 'verify', '{file}', '--log-key', 'x'], file: '{}', says: 'x: cannot be read' },
  { what: 'a kept checkpoint that is none', args: ['audit', 'verify', '--since', '{file}'], file: 'hello', says: 'is not a checkpoint' },
  { what: 'a kept checkpoint that is not there', args: ['audit', 'verify', '--since', '{dir}/nothing'], says: 'nothing: cannot be read' },
  {
    what: 'an export over a file that exists',
    args: ['audit', 'export', '{file}'],
    file: 'x',
    says: 'exists already and is never overwritten',
  },
  {
    what: 'an export into a folder that does not exist',
    args: ['audit', 'export', '{dir}/nowhere/log'],
    says: 'nowhere/log: cannot be written',
  },
];

const words: readonly CommandAsked[] = [
  { what: 'a command that does not exist', args: ['dance'], exit: 2, says: "unknown command 'dance'" },
  { what: 'an option that does not exist', args: ['serve', '--port', '1'], exit: 2, says: "unknown option '--port'" },
  { what: 'no file', args: ['people', 'import'], exit: 2, says: "missing required argument 'file'" },
  { what: 'two files', args: ['people', 'import', 'a', 'b'], exit: 2, says: 'too many arguments' },
  { what: 'a person that does not exist', args: ['people', 'invite', '../../x'], says: 'person/unknown' },
  {
    what: 'a status that does not exist',
    args: ['people', 'status', '1000000008', 'gone'],
    exit: 2,
    says: 'the status must be one of active',
  },
  { what: 'a service that does not exist', args: ['agencies', 'status', '<script>', 'active'], says: 'agency/unknown' },
  { what: 'a type of event that does not exist', args: ['audit', 'query', '--type', 'dance'], exit: 2, says: 'dance is no type of event' },
  { what: 'a day in words', args: ['audit', 'query', '--from', 'yesterday'], exit: 2, says: 'Write a day like 2026-01-31' },
  { what: 'a day that does not exist', args: ['audit', 'query', '--from', '2026-02-31'], exit: 2, says: 'Write a day like 2026-01-31' },
  { what: 'a count below zero', args: ['audit', 'query', '--limit', '-1'], exit: 2, says: 'Write a whole number above zero' },
  { what: 'a form that does not exist', args: ['audit', 'query', '--format', 'xml'], exit: 2, says: 'Choose one of table' },
  { what: 'a port that does not exist', args: ['demo', '--port', '99999'], exit: 2, says: 'Choose a port from 1 to 65533' },
  {
    what: 'an issuer with a path',
    args: ['setup', '--issuer', 'https://id.example/x', '--dir', '{dir}/new'],
    says: 'HUWIYA_ISSUER: must be a bare origin',
  },
  {
    what: 'an issuer over http elsewhere',
    args: ['setup', '--issuer', 'http://id.example', '--dir', '{dir}/new'],
    says: 'HUWIYA_ISSUER: uses http',
  },
  {
    what: 'a folder that is in use',
    args: ['setup', '--issuer', 'http://localhost:4175', '--dir', '{dir}'],
    says: 'exists already and is never overwritten',
  },
];

function toRows(prefix: string, asked: readonly CommandAsked[]): readonly CommandRow[] {
  return asked.map((row, index) => ({
    exit: 1,
    ...row,
    id: `${prefix}-${String(index + 1).padStart(2, '0')}`,
    where: `huwiya ${row.args
      .join(' ')
      .replaceAll(/\{file\}/g, 'FILE')
      .replaceAll(/\{dir\}/g, '…')}`,
  }));
}

export const commandRows: readonly CommandRow[] = [
  ...toRows('BP', people),
  ...toRows('BA', agencies),
  ...toRows('BS', settings),
  ...toRows('BE', evidence),
  ...toRows('BW', words),
  ...toRows('BO', officerAsked),
  ...toRows('BB', upkeepAsked),
];
