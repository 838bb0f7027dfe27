// What an agency says of itself and of a service, what of it is missing, and how it proves that it holds a host.

import { expect, test } from 'vitest';
import { parseAgenciesFile } from '../../../src/cli/files/agencies-file.ts';
import { findUnproven, toProofLine } from '../../../src/domain/agencies/host-proof.ts';
import type { HostProof } from '../../../src/domain/agencies/host-proof.ts';
import { proveHost } from '../../../src/domain/agencies/prove-host.ts';
import type { ProveNeeds } from '../../../src/domain/agencies/prove-host.ts';
import { toService } from '../../../src/domain/agencies/to-registered.ts';
import { systemClock } from '../../../src/domain/kernel/clock.ts';
import { systemRandom } from '../../../src/domain/kernel/ids.ts';
import type { Proposal } from '../../../src/domain/agencies/proposal.ts';
import {
  checkFile,
  checkServiceFile,
  createAgencyFile,
  createPublicJwk,
  createPurposeFile,
  createServiceFile,
  servicePath,
  toFileText,
  toPaths,
} from '../../support/sample-proposal.ts';
import { publicHosts } from '../../support/submissions-world.ts';

const text = { ar: 'نص يقرؤه الناس.', en: 'A text that people read.' };

test('a service may say all of it', () => {
  const all = {
    description: text,
    support: { email: 'help@mol.example', phone: '+966 11 000 0000', url: 'https://mol.example/help' },
    offline_alternative: text,
    languages: ['ar', 'en', 'ur'],
    environment: 'test',
    delegation: ['guardian', 'office'],
    sector_reason: text,
    network_ranges: ['203.0.113.0/24', '2001:db8::/32'],
    operations: { sign_ins_per_day: 10_000, sign_ins_per_minute: 50, contact: 'noc@mol.example' },
    lifecycle: { review_by: '2027-11-22', retires_on: '2030-01-01' },
  };
  expect(checkServiceFile(all)).toEqual([]);
});

test.each<[string, Readonly<Record<string, unknown>>, string]>([
  ['an email address that is none', { support: { email: 'help' } }, 'support.email'],
  ['a number that is none', { support: { phone: 'call us' } }, 'support.phone'],
  ['a page by http', { support: { url: 'http://mol.example/help' } }, 'support.url'],
  ['a network that is none', { network_ranges: ['203.0.113.0/33'] }, 'network_ranges[0]'],
  ['a contact that is none', { operations: { contact: 'noc' } }, 'operations.contact'],
  ['a day that is none', { lifecycle: { review_by: '2027-02-30' } }, 'lifecycle.review_by'],
  ['an end that is no day', { lifecycle: { retires_on: 'soon' } }, 'lifecycle.retires_on'],
])('%s is refused', (_what, members, at) => {
  expect(toPaths(checkServiceFile(members))).toEqual([`${servicePath}.${at}`]);
});

const long =
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty more';
const longArabic = Array.from({ length: 21 }, () => 'كلمة').join(' ');

test.each<[string, Readonly<Record<string, unknown>>, string]>([
  ['no other way', { offline_alternative: undefined }, 'offline_alternative'],
  ['no help', { support: undefined }, 'support'],
  ['a level that nobody reaches', { minimum_loa: 'high' }, 'minimum_loa'],
  ['no time of keeping', { purposes: [createPurposeFile({ retention: undefined })] }, 'purposes[0].retention'],
  ['a long sentence in English', { purposes: [createPurposeFile({ text: { ar: text.ar, en: long } })] }, 'purposes[0].text.en'],
  ['a long sentence in Arabic', { purposes: [createPurposeFile({ text: { ar: longArabic, en: text.en } })] }, 'purposes[0].text.ar'],
  ['an abbreviation', { purposes: [createPurposeFile({ text: { ar: text.ar, en: 'Check your KYC status' } })] }, 'purposes[0].text.en'],
  ['a text in no letters of its language', { description: { ar: 'Permits', en: 'Permits' } }, 'description.ar'],
])('%s is a warning, and blocks nothing', (_what, members, at) => {
  expect(toPaths(checkServiceFile(members), 'warning')).toEqual([`${servicePath}.${at}`]);
  expect(toPaths(checkServiceFile(members))).toEqual([]);
});

test('two sentences of twenty words are readable, one of forty is not', () => {
  const sentence = Array.from({ length: 20 }, () => 'word').join(' ');
  expect(checkServiceFile({ description: { ar: text.ar, en: `${sentence}. ${sentence}.` } })).toEqual([]);
});

test('an agency without the two contacts that people and operators need is told', () => {
  const findings = checkFile(toFileText(createAgencyFile([createServiceFile()], { contacts: {} })));
  expect(toPaths(findings, 'warning')).toEqual(['agencies[0].contacts.privacy', 'agencies[0].contacts.security']);
});

test('services of one sector say why, because they recognise the same person', () => {
  const second = { client_id: 'second', redirect_uris: ['https://second.mol.example/cb'], jwks: { keys: [createPublicJwk()] } };
  const check = (members: Readonly<Record<string, unknown>>) =>
    toPaths(checkFile(toFileText(createAgencyFile([createServiceFile(members), createServiceFile({ ...second, ...members })]))), 'warning');
  expect(check({})).toEqual(['agencies[0].services[0].sector', 'agencies[0].services[1].sector']);
  expect(check({ sector_reason: text })).toEqual([]);
});

const issuer = 'https://id.example';
const host = 'permits.mol.example';

function parse(): Proposal {
  const parsed = parseAgenciesFile(toFileText(createAgencyFile([createServiceFile()])));
  if (!parsed.ok) {
    throw new Error('the file has the wrong shape');
  }
  return parsed.proposal;
}

test('the check names each host that is not proven, with what to publish, and none once it is or where the issuer is a loopback host', () => {
  const [finding, ...others] = findUnproven({ issuer, ...publicHosts, proofs: [] }, parse());
  expect([others, finding?.path, finding?.severity]).toEqual([[], `${servicePath}.redirect_uris`, 'warning']);
  expect(finding?.fix).toContain(toProofLine({ issuer, agencyId: 'mol', host }));
  const proof: HostProof = { agencyId: 'mol', host, method: 'dns', provenAt: 1 };
  expect(findUnproven({ issuer, ...publicHosts, proofs: [proof] }, parse())).toEqual([]);
  expect(findUnproven({ issuer, ...publicHosts, proofs: [{ ...proof, agencyId: 'moi' }] }, parse())).toHaveLength(1);
  expect(findUnproven({ issuer, ...publicHosts, isLoopback: true, proofs: [] }, parse())).toEqual([]);
});

type World = { readonly needs: ProveNeeds; readonly saved: unknown[]; readonly asked: string[] };

function createWorld(published: Readonly<Record<string, string>>): World {
  const [agency] = parse().agencies;
  const services = (agency?.services ?? []).map((proposed) => ({
    agency: { id: 'mol', registrationNumber: '7', name: text, contacts: {} },
    service: toService('mol', proposed, undefined),
    version: 1,
    purposes: [],
  }));
  const saved: unknown[] = [];
  const asked: string[] = [];
  const look = (place: string): string | undefined => {
    asked.push(place);
    return published[place];
  };
  const agencies = {
    listServices: async () => services,
    listWaiting: async () => [],
    saveProof: async (proof: HostProof, { type }: { readonly type: string }) => {
      saved.push([proof.host, proof.method, type]);
    },
  };
  const findTexts = async (name: string): Promise<readonly string[]> => [look(name)].filter((found) => found !== undefined);
  return {
    saved,
    asked,
    needs: { agencies, clock: systemClock, random: systemRandom, issuer, findTexts, findPage: async (url) => look(url) },
  };
}

const line = toProofLine({ issuer, agencyId: 'mol', host });
const record = `_huwiya-agency.${host}`;
const page = `https://${host}/.well-known/huwiya-agency.txt`;

test.each<[string, Readonly<Record<string, string>>, string]>([
  ['in the DNS', { [record]: line }, 'dns'],
  ['on the host', { [page]: `# ours\r\n${line}\r\n` }, 'https'],
])('RG-05 a host is proven by its line %s, with an entry', async (_where, published, method) => {
  const { needs, saved } = createWorld(published);
  expect(await proveHost(needs, host)).toMatchObject({ ok: true, value: { agencyId: 'mol', host, method } });
  expect(saved).toEqual([[host, method, 'agency.host_proven']]);
});

test.each<[string, Readonly<Record<string, string>>]>([
  ['nowhere', {}],
  ['as part of another text', { [page]: `x${line}` }],
  ['for another agency', { [record]: toProofLine({ issuer, agencyId: 'moi', host }) }],
  ['for another host', { [record]: toProofLine({ issuer, agencyId: 'mol', host: 'mol.example' }) }],
  ['for another provider', { [page]: toProofLine({ issuer: 'https://sandbox.example', agencyId: 'mol', host }) }],
])('RG-05 a line that stands %s proves nothing', async (_where, published) => {
  const { needs, saved } = createWorld(published);
  expect(await proveHost(needs, host)).toMatchObject({ ok: false, code: 'agency/host-unproven' });
  expect(saved).toEqual([]);
});

test('RG-05 nobody is asked about a host that no service names', async () => {
  const { needs, asked } = createWorld({});
  expect(await proveHost(needs, 'evil.example')).toMatchObject({ ok: false, code: 'agency/host-unknown' });
  expect(asked).toEqual([]);
});
