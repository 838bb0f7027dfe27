import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toFaultReport } from '../../../src/config/config.ts';
import type { Environment } from '../../../src/config/config.ts';
import { defaultLimits } from '../../../src/config/limits.ts';
import { findListenerFaults, getSettingNotes, parseConfig } from '../../../src/config/parse-config.ts';

const complete = { HUWIYA_ISSUER: 'https://id.example', HUWIYA_DATABASE: 'sqlite:./h.db', HUWIYA_KEYS: './keys' };

function configOf(changes: Environment) {
  const parsed = parseConfig({ ...complete, ...changes }, '/srv/huwiya');
  if (!parsed.ok) {
    throw new Error(toFaultReport(parsed.faults));
  }
  return parsed.value;
}

function faultsOf(changes: Environment) {
  const parsed = parseConfig({ ...complete, ...changes }, '/srv/huwiya');
  return parsed.ok ? [] : parsed.faults;
}

describe('A complete environment', () => {
  test('becomes a config with absolute paths and every default in place', () => {
    expect(configOf({})).toEqual({
      issuer: 'https://id.example',
      secure: true,
      loopback: false,
      authority: {
        name: {
          ar: 'الجهة المختصة بحماية البيانات الشخصية في الدولة',
          en: 'The country’s authority for the protection of personal data',
        },
        uri: null,
      },
      homeCountry: 'SA',
      listen: { host: '127.0.0.1', port: 3000 },
      tls: undefined,
      trustedHops: 0,
      limits: defaultLimits,
      sessionLimits: { idleMs: 1_800_000, longestSeconds: 43_200 },
      certificateDoor: undefined,
      database: { kind: 'sqlite', path: '/srv/huwiya/h.db' },
      auditDatabase: undefined,
      keysFolder: '/srv/huwiya/keys',
      tokenKeyDays: 90,
      recoveryWaitHours: 72,
      unfreezeHours: 24,
      enrolmentCodeHours: 24,
      exportAloneLimit: 1000,
      trustFramework: 'urn:huwiya:proofing',
      staffPasskeys: 'metadata',
      outboundAllow: [],
      extraCaFile: undefined,
      verifyHour: 1,
      mail: undefined,
      stopNoticeSeconds: 0,
      metricsListen: undefined,
      logLevel: 'info',
    });
  });

  test('names country and authority as the operator does, and refuses one that nobody knows, with markup or without https', () => {
    const named = { HUWIYA_AUTHORITY_AR: 'هيئة', HUWIYA_AUTHORITY_EN: 'The Authority', HUWIYA_AUTHORITY_URL: 'https://data.example/' };
    expect(configOf(named).authority).toEqual({ name: { ar: 'هيئة', en: 'The Authority' }, uri: 'https://data.example/' });
    const isTaken = (code: string): boolean => faultsOf({ HUWIYA_HOME_COUNTRY: code }).length === 0;
    expect(['OM', 'om', 'OMN', 'QX', '96'].map(isTaken)).toEqual([true, false, false, false, false]);
    const wrong = { HUWIYA_AUTHORITY_AR: '<b>', HUWIYA_AUTHORITY_EN: 'x'.repeat(201), HUWIYA_AUTHORITY_URL: 'http://data.example' };
    expect(faultsOf(wrong).map(({ setting }) => setting)).toEqual(Object.keys(wrong));
  });

  test('takes shorter sessions, and none that are longer', () => {
    expect(configOf({ HUWIYA_SESSION_IDLE: '5', HUWIYA_SESSION_HOURS: '1' }).sessionLimits).toEqual({
      idleMs: 300_000,
      longestSeconds: 3600,
    });
    const idle = [{ HUWIYA_SESSION_IDLE: '31' }, { HUWIYA_SESSION_IDLE: '0' }];
    const wrong = [...idle, { HUWIYA_SESSION_HOURS: '13' }, { HUWIYA_SESSION_HOURS: '1.5' }];
    expect(wrong.map((changes) => faultsOf(changes).map(({ setting }) => setting))).toEqual(wrong.map((changes) => Object.keys(changes)));
  });

  test('keeps the newest witnessed checkpoint beside the policy, or where the operator says; and verifies the log at night or never', () => {
    expect(['23', 'off'].map((hour) => configOf({ HUWIYA_VERIFY_HOUR: hour }).verifyHour)).toEqual([23, null]);
    expect(configOf({}).witnesses).toBeUndefined();
    expect(configOf({ HUWIYA_WITNESSES: '/w/policy' }).witnesses).toEqual({ policyFile: '/w/policy', headFile: '/w/policy.head' });
    expect(configOf({ HUWIYA_WITNESSES: '/w/policy', HUWIYA_WITNESSED_HEAD: '/kept/head' }).witnesses?.headFile).toBe('/kept/head');
  });

  test('takes limits that were moved within their bounds, and none beyond', () => {
    expect(configOf({ HUWIYA_LIMITS: 'sign-in.ipv6=5' }).limits.get('sign-in.ipv6')?.most).toBe(5);
    expect(faultsOf({ HUWIYA_LIMITS: 'sign-in.ipv6=5000' }).map(({ setting }) => setting)).toEqual(['HUWIYA_LIMITS']);
  });

  test('is frozen to its leaves', () => {
    const config = configOf({ HUWIYA_OUTBOUND_ALLOW: 'a.internal' });
    expect([config, config.listen, config.database, config.outboundAllow, config.outboundAllow[0]].every(Object.isFrozen)).toBe(true);
    expect(() => Object.assign(config.listen, { port: 1 })).toThrow(TypeError);
  });

  test('accepts private destinations as hosts, addresses and networks, the first two also with a port', () => {
    const written = 'a.internal, 10.0.0.0/8,127.0.0.1, fd00::/8,b.internal:8443,10.1.0.9:9443,[fd00::9]:9443,fd00::9:443';
    expect(configOf({ HUWIYA_OUTBOUND_ALLOW: written }).outboundAllow).toEqual([
      { kind: 'host', host: 'a.internal', port: null },
      { kind: 'network', address: '10.0.0.0', prefix: 8, family: 'ipv4', port: null },
      { kind: 'network', address: '127.0.0.1', prefix: 32, family: 'ipv4', port: null },
      { kind: 'network', address: 'fd00::', prefix: 8, family: 'ipv6', port: null },
      { kind: 'host', host: 'b.internal', port: 8443 },
      { kind: 'network', address: '10.1.0.9', prefix: 32, family: 'ipv4', port: 9443 },
      { kind: 'network', address: 'fd00::9', prefix: 128, family: 'ipv6', port: 9443 },
      { kind: 'network', address: 'fd00::9:443', prefix: 128, family: 'ipv6', port: null },
    ]);
  });

  test.each(['a.internal:0', 'a.internal:65536', 'a.internal:', '10.0.0.0/8:443', '[fd00::]', '[fd00::/8]:443', 'https://a.internal'])(
    'refuses %s as a private destination',
    (written) => {
      expect(faultsOf({ HUWIYA_OUTBOUND_ALLOW: written }).map(({ setting }) => setting)).toEqual(['HUWIYA_OUTBOUND_ALLOW']);
    },
  );

  test('treats an empty value as an absent one', () => {
    expect(configOf({ HUWIYA_LOG_LEVEL: '', HUWIYA_EXTRA_CA: ' ' })).toEqual(configOf({}));
  });

  test('lets a command work but no node listen while nothing ends TLS for an https issuer', () => {
    expect(findListenerFaults(configOf({})).map(({ setting }) => setting)).toEqual(['HUWIYA_TRUSTED_HOPS']);
    expect(findListenerFaults(configOf({ HUWIYA_TRUSTED_HOPS: '1' }))).toEqual([]);
    expect(findListenerFaults(configOf({ HUWIYA_TLS_CERT: 'c.pem', HUWIYA_TLS_KEY: 'k.pem' }))).toEqual([]);
    expect(findListenerFaults(configOf({ HUWIYA_ISSUER: 'http://localhost:3000' }))).toEqual([]);
  });
});

describe('An issuer', () => {
  test.each(['http://localhost:3000', 'http://127.0.0.1:8080', 'http://[::1]:3000', 'http://demo.localhost:3000'])(
    'may be %s',
    (issuer) => {
      expect(configOf({ HUWIYA_ISSUER: issuer })).toMatchObject({ issuer, secure: false, loopback: true });
    },
  );

  test('loses one trailing slash', () => {
    expect(configOf({ HUWIYA_ISSUER: 'https://id.example/' }).issuer).toBe('https://id.example');
  });

  test.each([
    'http://id.example',
    'http://localhost.example',
    'http://127.0.0.1.example',
    'https://id.example/oidc',
    'https://id.example?a=1',
    'https://id.example#a',
    'https://user:word@id.example',
    'https://ID.example',
    'https://id.example:443',
    'ftp://id.example',
    'id.example',
    'javascript:alert(1)',
  ])('may not be %s', (issuer) => {
    expect(faultsOf({ HUWIYA_ISSUER: issuer }).map(({ setting }) => setting)).toEqual(['HUWIYA_ISSUER']);
  });
});

describe('A faulty environment', () => {
  test('is answered with every fault at once', () => {
    const parsed = parseConfig(
      {
        HUWIYA_ISSUER: 'http://id.example',
        HUWIYA_LISTEN: 'localhost',
        HUWIYA_DATABASE: 'mysql://x',
        HUWIYA_TRUSTED_HOPS: '-1',
        HUWIYA_OUTBOUND_ALLOW: '10.0.0.0/40',
        HUWIYA_METRICS_LISTEN: '127.0.0.1:0',
        HUWIYA_LOG_LEVEL: 'loud',
        HUWIYA_TLS_CERT: 'c.pem',
      },
      '/',
    );
    const faults = parsed.ok ? [] : parsed.faults;
    expect(faults.map(({ setting }) => setting).toSorted()).toEqual([
      'HUWIYA_DATABASE',
      'HUWIYA_ISSUER',
      'HUWIYA_KEYS',
      'HUWIYA_LISTEN',
      'HUWIYA_LOG_LEVEL',
      'HUWIYA_METRICS_LISTEN',
      'HUWIYA_OUTBOUND_ALLOW',
      'HUWIYA_TLS_KEY',
      'HUWIYA_TRUSTED_HOPS',
    ]);
    expect(toFaultReport(faults).split('\n')).toHaveLength(10);
  });

  test.each(['HUWIYA_ISSUER', 'HUWIYA_DATABASE', 'HUWIYA_KEYS'])('names %s when it is missing', (name) => {
    expect(faultsOf({ [name]: undefined })).toMatchObject([{ setting: name, problem: 'is missing' }]);
  });

  test('never sees its values repeated', () => {
    const secret = 'hunter2';
    const faults = faultsOf({
      HUWIYA_DATABASE: `postgre://u:${secret}@h/d`,
      HUWIYA_ISSUER: `https://u:${secret}@id.example`,
      HUWIYA_LOG_LEVEL: secret,
    });
    expect(faults).toHaveLength(3);
    expect(toFaultReport(faults)).not.toContain(secret);
  });

  test('never makes the parser throw, whatever the values are', () => {
    const names = getSettingNotes().map(({ name }) => name);
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), fc.oneof(fc.string(), fc.webUrl())), (env) => {
        const parsed = parseConfig(env, '/');
        return parsed.ok || parsed.faults.length > 0;
      }),
    );
    expect(names).toContain('HUWIYA_ISSUER');
  });
});

describe('The notes of the settings', () => {
  test('give each setting a sentence and a unit, and no default to anything secret or identifying', () => {
    const notes = getSettingNotes();
    expect(notes.every(({ sentence, unit }) => sentence.endsWith('.') && unit !== '')).toBe(true);
    expect(notes.filter((note) => note.default !== undefined).map(({ name }) => name)).toEqual([
      'HUWIYA_TOKEN_KEY_DAYS',
      'HUWIYA_STAFF_PASSKEYS',
      // The office, not its name.
      'HUWIYA_AUTHORITY_AR',
      'HUWIYA_AUTHORITY_EN',
      'HUWIYA_HOME_COUNTRY',
      'HUWIYA_LISTEN',
      'HUWIYA_TRUSTED_HOPS',
      'HUWIYA_RECOVERY_HOURS',
      'HUWIYA_SESSION_IDLE',
      'HUWIYA_SESSION_HOURS',
      'HUWIYA_UNFREEZE_HOURS',
      'HUWIYA_ENROLMENT_CODE_HOURS',
      'HUWIYA_AUDIT_EXPORT_ALONE',
      'HUWIYA_TRUST_FRAMEWORK',
      'HUWIYA_STOP_NOTICE',
      'HUWIYA_VERIFY_HOUR',
      'HUWIYA_LOG_LEVEL',
    ]);
  });

  test('let the delay of an unfreezing be lengthened and never shortened', () => {
    const parse = (hours: string) => parseConfig({ ...complete, HUWIYA_UNFREEZE_HOURS: hours }, '/');
    expect(['0', '1', '23', '169', '24', '168'].map((hours) => parse(hours).ok)).toEqual([false, false, false, false, true, true]);
  });

  test('carry examples that are accepted together; the folder of letters takes the place of the relay on a loopback host', () => {
    const examples: Environment = Object.fromEntries(getSettingNotes().map(({ name, example }) => [name, example]));
    expect(parseConfig({ ...examples, HUWIYA_MAIL_FOLDER: '' }, '/').ok).toBe(true);
    expect(parseConfig({ ...examples, HUWIYA_SMTP_URL: '', HUWIYA_ISSUER: 'http://localhost:3000' }, '/').ok).toBe(true);
  });
});

describe('The door for certificates', () => {
  const pair = { HUWIYA_MTLS_CERT: 'm.pem', HUWIYA_MTLS_KEY: 'mk.pem' };
  const open = { HUWIYA_MTLS_LISTEN: '0.0.0.0:9443' };
  const behind = { ...open, HUWIYA_MTLS_HEADER: 'X-Client-Cert', HUWIYA_TRUSTED_HOPS: '1' };
  const settingsOf = (changes: Environment) => faultsOf(changes).map(({ setting }) => setting);

  test('is known by the host of the issuer at its own port, or by the name that the operator gives', () => {
    expect(configOf({ ...open, ...pair, HUWIYA_MTLS_CA: 'ca.pem' }).certificateDoor).toEqual({
      listen: { host: '0.0.0.0', port: 9443 },
      tls: { certificateFile: '/srv/huwiya/m.pem', keyFile: '/srv/huwiya/mk.pem', settings: 'HUWIYA_MTLS' },
      isForCertificates: true,
      url: 'https://id.example:9443',
      authoritiesFile: '/srv/huwiya/ca.pem',
      header: undefined,
    });
    const named = configOf({ ...behind, HUWIYA_MTLS_URL: 'https://mtls.id.example' }).certificateDoor;
    expect(named).toMatchObject({ url: 'https://mtls.id.example', header: 'x-client-cert', tls: undefined });
    expect(configOf({ ...open, ...pair, HUWIYA_ISSUER: 'http://localhost:3000' }).certificateDoor?.url).toBe('https://localhost:9443');
  });

  test('has the certificate of the issuer where it has none of its own', () => {
    const { tls, certificateDoor } = configOf({ ...open, HUWIYA_TLS_CERT: 'c.pem', HUWIYA_TLS_KEY: 'k.pem' });
    expect(certificateDoor?.tls).toEqual(tls);
    expect(configOf({ ...behind, HUWIYA_TLS_CERT: 'c.pem', HUWIYA_TLS_KEY: 'k.pem' }).certificateDoor?.tls).toBeUndefined();
  });

  test('is refused where nothing ends TLS, where a header has no proxy, where browsers come, and where half of it is said', () => {
    expect(settingsOf(open)).toEqual(['HUWIYA_MTLS_LISTEN']);
    expect(settingsOf({ ...open, HUWIYA_MTLS_CERT: 'm.pem' })).toEqual(['HUWIYA_MTLS_KEY']);
    expect(settingsOf({ HUWIYA_MTLS_CA: 'ca.pem' })).toEqual(['HUWIYA_MTLS_LISTEN']);
    expect(settingsOf({ ...behind, HUWIYA_TRUSTED_HOPS: '0' })).toEqual(['HUWIYA_MTLS_HEADER']);
    expect(settingsOf({ ...behind, HUWIYA_MTLS_URL: 'https://id.example' })).toEqual(['HUWIYA_MTLS_URL']);
    expect(settingsOf({ HUWIYA_TRUSTED_HOPS: '1', HUWIYA_MTLS_HEADER: 'X-Client-Cert', HUWIYA_MTLS_LISTEN: '0.0.0.0:443' })).toEqual([
      'HUWIYA_MTLS_URL',
    ]);
    for (const header of ['Authorization', 'Host', 'X Cert', 'cert:']) {
      expect(settingsOf({ ...behind, HUWIYA_MTLS_HEADER: header })).toEqual(['HUWIYA_MTLS_HEADER']);
    }
    for (const url of ['http://mtls.id.example', 'https://mtls.id.example/path', 'mtls.id.example']) {
      expect(settingsOf({ ...behind, HUWIYA_MTLS_URL: url })).toEqual(['HUWIYA_MTLS_URL']);
    }
  });
});
