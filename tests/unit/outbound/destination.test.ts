// Where a call may go: every way to write an address that is nobody's public service, and every name that leads to one.

import { describe, expect, it, test } from 'vitest';
import fc from 'fast-check';
import { parseOutboundRule } from '../../../src/config/parse-address.ts';
import { findDestination } from '../../../src/outbound/destination.ts';
import type { GuardRules } from '../../../src/outbound/destination.ts';
import { isLoopbackAddress, isPublicAddress, toReached } from '../../../src/outbound/special-addresses.ts';

const rules = (changes: Partial<Omit<GuardRules, 'outboundAllow'>> & { readonly allow?: readonly string[] } = {}): GuardRules => ({
  issuer: changes.issuer ?? 'https://id.example.gov',
  loopback: changes.loopback ?? false,
  outboundAllow: (changes.allow ?? []).map(parseOutboundRule).filter((rule) => rule !== undefined),
  ownAddresses: changes.ownAddresses ?? [],
  certificateOrigin: changes.certificateOrigin,
});

const local = rules({ issuer: 'http://localhost:3000', loopback: true });

const ask = async (given: GuardRules, url: string, addresses: readonly string[] = ['93.184.215.14']): Promise<string> => {
  const found = await findDestination(
    given,
    async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    url,
  );
  return found.ok ? found.addresses.map(({ address }) => address).join() : found.failure;
};

const special = [
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '100.64.0.1',
  '100.127.255.255',
  '127.0.0.1',
  '127.255.0.9',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.8',
  '192.0.2.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.51.100.7',
  '203.0.113.9',
  '224.0.0.1',
  '239.255.255.250',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::127.0.0.1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:a9fe:a9fe',
  '::ffff:10.0.0.1',
  '64:ff9b::127.0.0.1',
  '64:ff9b::a9fe:a9fe',
  '64:ff9b:1::1',
  '100::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fec0::1',
  'ff02::1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '2002:a9fe:a9fe::1',
  '3fff::1',
  '4000::1',
  '5f00::1',
];

describe('an address', () => {
  test.each(special)('%s is nobody’s public service', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.each(['1.1.1.1', '100.63.255.255', '172.32.0.1', '9.255.255.255', '2a00:1450:4001::1', '2606:4700::1111', '64:ff9b::101:101'])(
    '%s is public',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  test.each(['', 'localhost', '1.2.3', '1.2.3.4.5', '::g', '10.0.0.1/8', ' 8.8.8.8'])('%j is none, and so not public', (text) => {
    expect(isPublicAddress(text)).toBe(false);
  });

  it('inside an IPv6 address is judged as itself, however it is written', () => {
    const octet = fc.integer({ min: 0, max: 255 });
    const written = fc.property(octet, octet, octet, octet, (...octets) => {
      const dotted = octets.join('.');
      const [a, b, c, d] = octets.map((value) => value.toString(16).padStart(2, '0'));
      for (const prefix of ['::ffff:', '64:ff9b::', '0:0:0:0:0:ffff:', '64:ff9b:0:0:0:0:']) {
        for (const address of [`${prefix}${dotted}`, `${prefix}${a}${b}:${c}${d}`]) {
          expect(toReached(address)).toBe(dotted);
          expect(isPublicAddress(address)).toBe(isPublicAddress(dotted));
          expect(isLoopbackAddress(address)).toBe(dotted.startsWith('127.'));
        }
      }
    });
    fc.assert(written);
  });
});

describe('a call', () => {
  it('goes to the addresses that its name has, by https and port 443', async () => {
    expect(await ask(rules(), 'https://rp.example/x')).toBe('93.184.215.14');
    expect(await ask(rules(), 'https://rp.example:443/x')).toBe('93.184.215.14');
  });

  test.each([
    ['http', 'http://rp.example/'],
    ['another scheme', 'ftp://rp.example/'],
    ['a file', 'file:///etc/passwd'],
    ['a user name', 'https://u@rp.example/'],
    ['a password', 'https://u:p@rp.example/'],
    ['a name with the dot of the root', 'https://rp.example./'],
    ['no URL', 'rp.example'],
    ['ourselves', 'https://id.example.gov/token'],
    ['ourselves at another port', 'https://id.example.gov:8443/'],
    ['http to a loopback host of a public provider', 'http://localhost/'],
  ])('is not made at all with %s', async (_, url) => {
    expect(await ask(rules(), url)).toBe('url-refused');
  });

  test.each([
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://0177.0.0.1/',
    'https://127.1/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://169.254.169.254/latest/meta-data/',
    'https://[fd00:ec2::254]/',
    'https://0/',
    'https://①②⑦.⓪.⓪.①/',
  ])('is not made to %s', async (url) => {
    expect(await ask(rules(), url, [])).toBe('address-refused');
  });

  test.each(special)('is not made to a name that leads to %s, also beside a public address', async (address) => {
    expect(await ask(rules(), 'https://rp.example/', [address])).toBe('address-refused');
    expect(await ask(rules(), 'https://rp.example/', ['93.184.215.14', address])).toBe('address-refused');
  });

  test.each([22, 80, 6379, 8443])('is not made to port %i of a public address', async (port) => {
    expect(await ask(rules(), `https://rp.example:${port}/`)).toBe('address-refused');
  });

  it('says when a name has no address', async () => {
    expect(await ask(rules(), 'https://rp.example/', [])).toBe('name-unknown');
    const failing = async (): Promise<never> => Promise.reject(new Error('SERVFAIL'));
    expect(await findDestination(rules(), failing, 'https://rp.example/')).toEqual({ ok: false, failure: 'name-unknown' });
  });

  it('is made to what an operator opened, at any port, and to nothing beside it', async () => {
    const given = rules({ allow: ['services.internal', '10.20.0.0/16', 'fd00:1::/32'] });
    expect(await ask(given, 'https://services.internal:8443/', ['192.168.0.9'])).toBe('192.168.0.9');
    expect(await ask(given, 'https://rp.example:8443/', ['10.20.3.4'])).toBe('10.20.3.4');
    expect(await ask(given, 'https://rp.example/', ['fd00:1::5'])).toBe('fd00:1::5');
    expect(await ask(given, 'https://[::ffff:10.20.0.9]/')).toContain('::ffff:');
    expect(await ask(given, 'https://other.internal/', ['192.168.0.9'])).toBe('address-refused');
    expect(await ask(given, 'https://rp.example/', ['10.21.0.1'])).toBe('address-refused');
    expect(await ask(given, 'https://rp.example/', ['10.20.0.1', '10.21.0.1'])).toBe('address-refused');
    expect(await ask(given, 'http://services.internal/', ['192.168.0.9'])).toBe('url-refused');
  });

  it('is made to the one port that an operator opened, and to no other', async () => {
    const given = rules({ allow: ['tax.internal:8443', '10.20.0.7:9443', '[fd00:1::5]:9443'] });
    expect(await ask(given, 'https://tax.internal:8443/', ['192.168.0.9'])).toBe('192.168.0.9');
    expect(await ask(given, 'https://rp.example:9443/', ['10.20.0.7'])).toBe('10.20.0.7');
    expect(await ask(given, 'https://[fd00:1::5]:9443/')).toBe('fd00:1::5');
    for (const url of ['https://tax.internal/', 'https://tax.internal:8444/', 'https://10.20.0.7/', 'https://[fd00:1::5]:9444/']) {
      expect([url, await ask(given, url, ['192.168.0.9'])]).toEqual([url, 'address-refused']);
    }
  });

  it('is not made to a public address of this machine, unless an operator opened it', async () => {
    const ownAddresses = ['93.184.215.14', '2a00:1450:4001::1'];
    expect(await ask(rules({ ownAddresses }), 'https://rp.example/')).toBe('address-refused');
    expect(await ask(rules({ ownAddresses }), 'https://rp.example/', ['2a00:1450:4001::1'])).toBe('address-refused');
    expect(await ask(rules({ ownAddresses }), 'https://rp.example/', ['::ffff:93.184.215.14'])).toBe('address-refused');
    expect(await ask(rules({ ownAddresses }), 'https://rp.example/', ['93.184.215.15'])).toBe('93.184.215.15');
    expect(await ask(rules({ ownAddresses, allow: ['93.184.215.14'] }), 'https://rp.example/')).toBe('93.184.215.14');
  });

  const odd = special.filter((address) => !/^(?:10\.|172\.|192\.168\.|100\.(?:64|127)|fc00:|::ffff:10\.)/.test(address));
  const metadata = ['fd00:ec2::254', 'fd20:ce::254', '100.100.100.200', '::ffff:169.254.169.254'];

  test.each([...odd, ...metadata])(
    'is not made to %s where an operator opened a name alone: whoever holds the name says where it leads',
    async (address) => {
      expect(await ask(rules({ allow: ['rp.internal'] }), 'https://rp.internal/', [address])).toBe('address-refused');
      expect(await ask(rules({ allow: ['rp.internal'] }), 'https://rp.internal/', ['10.0.0.1', address])).toBe('address-refused');
    },
  );

  it('is made to this machine by a name only at the port that an operator opened with it', async () => {
    const given = rules({ ownAddresses: ['10.0.0.5', '93.184.215.14'], allow: ['suite.example:8443', 'rp.internal'] });
    for (const own of ['127.0.0.1', '::1', '10.0.0.5', '93.184.215.14']) {
      expect(await ask(given, 'https://suite.example:8443/', [own])).toBe(own);
      expect(await ask(given, 'https://suite.example/', [own])).toBe('address-refused');
      expect(await ask(given, 'https://rp.internal/', [own])).toBe('address-refused');
    }
    expect(await ask(given, 'https://suite.example:8443/', ['169.254.169.254'])).toBe('address-refused');
  });

  it('is not made to the door for certificates, by whichever name that is known', async () => {
    const certificateOrigin = 'https://mtls.example.gov:9443';
    for (const url of ['https://mtls.example.gov:9443/token', 'https://mtls.example.gov/token']) {
      expect(await ask(rules({ certificateOrigin, allow: ['mtls.example.gov'] }), url)).toBe('url-refused');
    }
    const near = { ...local, certificateOrigin: 'https://localhost:9443' };
    expect(await ask(near, 'https://localhost:9443/token', ['127.0.0.1'])).toBe('url-refused');
    expect(await ask(near, 'https://localhost:9444/', ['127.0.0.1'])).toBe('127.0.0.1');
  });

  it('is made to any address that an operator wrote as an address', async () => {
    const given = rules({ ownAddresses: ['10.0.0.5'], allow: ['169.254.10.0/24', '10.0.0.5', '127.0.0.9:8443'] });
    expect(await ask(given, 'https://rp.example/', ['169.254.10.7'])).toBe('169.254.10.7');
    expect(await ask(given, 'https://rp.example/', ['10.0.0.5'])).toBe('10.0.0.5');
    expect(await ask(given, 'https://rp.example:8443/', ['127.0.0.9'])).toBe('127.0.0.9');
    expect(await ask(given, 'https://rp.example/', ['127.0.0.9'])).toBe('address-refused');
  });

  it('is made to neighbours on this machine only while the issuer is one of them', async () => {
    expect(await ask(local, 'http://localhost:3001/x', ['127.0.0.1', '::1'])).toBe('127.0.0.1,::1');
    expect(await ask(local, 'http://127.0.0.1:3001/x')).toBe('127.0.0.1');
    expect(await ask(local, 'http://localhost:3000/x', ['127.0.0.1'])).toBe('url-refused');
    expect(await ask(local, 'https://rp.example/', ['127.0.0.1'])).toBe('address-refused');
    expect(await ask(local, 'http://localhost:3001/', ['10.0.0.1'])).toBe('address-refused');
    expect(await ask(rules(), 'https://localhost/', ['127.0.0.1'])).toBe('address-refused');
  });
});
