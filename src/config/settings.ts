// The schema of every setting, with group, unit, default and one sentence. docs/reference/configuration.md and .env.example are printed from it.

import { z } from 'zod';

import type { Database, Listener, OutboundRule } from './config.ts';
import type { SmtpRelay } from './config.ts';
import { countrySettings } from './country-settings.ts';
import { limitSettings } from './limit-settings.ts';
import { settingNotes } from './setting-notes.ts';
import { staffPasskeys, path, hops, seconds, keyDays, level, origin, certificateHeader } from './setting-forms.ts';
import { witnessSettings } from './witness-settings.ts';
import { isMailAddress, isSmsAddress, parseRelay } from './parse-mail.ts';
import { isLoopbackHost, parseListener, parseOutboundRule } from './parse-address.ts';

function refuse(context: z.core.$RefinementCtx, message: string): never {
  context.issues.push({ code: 'custom', message, input: context.value });
  return z.NEVER;
}

const issuer = z.string().transform((text, context): URL => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    return refuse(context, 'is not an https URL');
  }
  if (text.replace(/\/$/, '') !== url.origin) {
    return refuse(
      context,
      'must be a bare origin in its normal form: no path, query, fragment, user name, capital letters or default port',
    );
  }
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) {
    return refuse(context, 'uses http, which is accepted for loopback hosts only');
  }
  return url;
});

const listener = z
  .string()
  .transform((text, context): Listener => parseListener(text) ?? refuse(context, 'is not host:port with a port between 1 and 65535'));

/** Undefined where the text names no database. */
export function parseDatabase(text: string): Database | undefined {
  const parsed = database.safeParse(text);
  return parsed.success ? parsed.data : undefined;
}

const database = z.string().transform((text, context): Database => {
  if (text.startsWith('sqlite:')) {
    const path = text.slice('sqlite:'.length);
    return path === '' || path.startsWith(':') ? refuse(context, 'names no file after sqlite:') : { kind: 'sqlite', path };
  }
  const isPostgres = /^postgres(?:ql)?:\/\//.test(text) && URL.canParse(text);
  return isPostgres ? { kind: 'postgres', url: text } : refuse(context, 'is neither sqlite:PATH nor a postgres:// URL');
});

const outboundRules = z.string().transform((text, context): readonly OutboundRule[] => {
  const parsed = text.split(',').map((item) => parseOutboundRule(item.trim()));
  const rules = parsed.filter((rule) => rule !== undefined);
  return rules.length === parsed.length
    ? rules
    : refuse(context, 'holds an item that is neither a host name, an address nor a network, or a bad port');
});

const relay = z
  .string()
  .transform(
    (text, context): SmtpRelay => parseRelay(text) ?? refuse(context, 'is neither smtp://… nor smtps://… with a host and no path'),
  );
const mailAddress = z.string().refine(isMailAddress, 'is not one bare email address');
const smsAddress = z.string().refine(isSmsAddress, 'is not an email address with {number} in it once');

export const settingsSchema = z.object({
  HUWIYA_ISSUER: issuer.register(settingNotes, {
    group: 'identity',
    unit: 'URL',
    required: true,
    example: 'https://id.example.gov',
    sentence: 'The origin under which everybody knows this provider; an http issuer is accepted for loopback hosts only.',
  }),
  HUWIYA_KEYS: path.register(settingNotes, {
    group: 'identity',
    unit: 'folder',
    required: true,
    example: './keys',
    sentence: 'The folder of the key files that "huwiya setup" wrote, each readable by the owner only.',
  }),
  HUWIYA_TOKEN_KEY_DAYS: keyDays.register(settingNotes, {
    group: 'identity',
    unit: 'days, 2 to 365',
    required: false,
    default: '90',
    example: '30',
    sentence: 'How long a key signs tokens before a node rotates it by itself; the next one has been published for a day by then.',
  }),
  HUWIYA_STAFF_PASSKEYS: staffPasskeys.register(settingNotes, {
    group: 'identity',
    unit: 'metadata or attested',
    required: false,
    default: 'metadata',
    example: 'attested',
    sentence:
      'From the first import of FIDO metadata on a new passkey of a registrar or approver must be bound to its device and vouched for; with "attested" every passkey of staff must, always.',
  }),
  ...countrySettings,
  HUWIYA_LISTEN: listener.register(settingNotes, {
    group: 'listening',
    unit: 'host:port',
    required: false,
    default: '127.0.0.1:3000',
    example: '127.0.0.1:3000',
    sentence: 'Where this node accepts connections.',
  }),
  HUWIYA_TRUSTED_HOPS: hops.register(settingNotes, {
    group: 'listening',
    unit: 'proxies',
    required: false,
    default: '0',
    example: '1',
    sentence:
      'How many proxies of yours stand in front and set X-Forwarded-For and X-Forwarded-Proto; what stands before their words counts for nothing, and with 0 nothing does.',
  }),
  ...limitSettings,
  HUWIYA_TLS_CERT: path.optional().register(settingNotes, {
    group: 'listening',
    unit: 'PEM file',
    required: false,
    example: './tls/certificate.pem',
    sentence:
      'The certificate chain, leaf first, when this process ends TLS itself; needs HUWIYA_TLS_KEY. Both files are taken again when they change.',
  }),
  HUWIYA_TLS_KEY: path.optional().register(settingNotes, {
    group: 'listening',
    unit: 'PEM file',
    required: false,
    example: './tls/key.pem',
    sentence: 'The private key of HUWIYA_TLS_CERT.',
  }),
  HUWIYA_MTLS_LISTEN: listener.optional().register(settingNotes, {
    group: 'listening',
    unit: 'host:port',
    required: false,
    example: '0.0.0.0:9443',
    sentence:
      'A second listener, for services that prove themselves or bind their tokens with a certificate (RFC 8705); browsers never come here, so that no person is asked for a certificate.',
  }),
  HUWIYA_MTLS_URL: origin.optional().register(settingNotes, {
    group: 'listening',
    unit: 'https URL',
    required: false,
    example: 'https://mtls.id.example.gov',
    sentence:
      'The origin under which services call that listener, as discovery names it; without it the host of the issuer at the port of HUWIYA_MTLS_LISTEN.',
  }),
  HUWIYA_MTLS_CA: path.optional().register(settingNotes, {
    group: 'listening',
    unit: 'PEM file',
    required: false,
    example: './tls/services-ca.pem',
    sentence:
      'The certificate authorities that issue certificates to services, for tls_client_auth; without it only certificates that stand in the register are believed. Read at the start.',
  }),
  HUWIYA_MTLS_HEADER: certificateHeader.optional().register(settingNotes, {
    group: 'listening',
    unit: 'name of a header',
    required: false,
    example: 'X-Client-Cert',
    sentence:
      'The header in which a proxy of yours passes the certificate on to that listener; needs HUWIYA_TRUSTED_HOPS. Everywhere else the header counts for nothing.',
  }),
  HUWIYA_MTLS_CERT: path.optional().register(settingNotes, {
    group: 'listening',
    unit: 'PEM file',
    required: false,
    example: './tls/mtls-certificate.pem',
    sentence: 'The certificate chain of that listener where it is another than HUWIYA_TLS_CERT; needs HUWIYA_MTLS_KEY.',
  }),
  HUWIYA_MTLS_KEY: path.optional().register(settingNotes, {
    group: 'listening',
    unit: 'PEM file',
    required: false,
    example: './tls/mtls-key.pem',
    sentence: 'The private key of HUWIYA_MTLS_CERT.',
  }),
  HUWIYA_STOP_NOTICE: seconds.register(settingNotes, {
    group: 'listening',
    unit: 'seconds, 0 to 60',
    required: false,
    default: '0',
    example: '5',
    sentence:
      'How long a node that is told to stop says so at /readyz and still takes requests, so that a balancer stops sending; longer than the balancer asks.',
  }),
  HUWIYA_DATABASE: database.register(settingNotes, {
    group: 'storage',
    unit: 'sqlite:PATH or postgres:// URL',
    required: true,
    example: 'sqlite:./huwiya.db',
    sentence: 'Where everything is kept: a SQLite file for one machine, or a PostgreSQL database for several nodes.',
  }),
  HUWIYA_AUDIT_DATABASE: database.optional().register(settingNotes, {
    group: 'storage',
    unit: 'sqlite:PATH or postgres:// URL',
    required: false,
    example: 'sqlite:./replica.db',
    sentence:
      'A replica of HUWIYA_DATABASE, of its kind, that auditors’ exports, questions and pages of entries are read from; without it they are read from the database itself.',
  }),
  HUWIYA_OUTBOUND_ALLOW: outboundRules.optional().register(settingNotes, {
    group: 'outbound',
    unit: 'hosts, addresses and networks, separated by commas; a host or an address also with a port',
    required: false,
    example: 'services.internal,tax.internal:8443,10.20.0.0/16',
    sentence:
      'Private destinations that calls to services may reach: at the port that is named, or at any; without it they reach public addresses at port 443 only. A host that is named needs no proof that it is its agency’s.',
  }),
  HUWIYA_EXTRA_CA: path.optional().register(settingNotes, {
    group: 'outbound',
    unit: 'PEM file',
    required: false,
    example: './tls/national-root.pem',
    sentence: 'Certificate authorities trusted for outbound calls besides those of the runtime.',
  }),
  ...witnessSettings,
  HUWIYA_SMTP_URL: relay.optional().register(settingNotes, {
    group: 'mail',
    unit: 'smtp:// or smtps:// URL',
    required: false,
    example: 'smtp://huwiya:secret@mail.internal:587',
    sentence:
      'The relay for letters to people; smtp:// turns to TLS before it says anything and does not go on without, except towards a loopback host. Without it contacts are changed at a counter.',
  }),
  HUWIYA_MAIL_FROM: mailAddress.optional().register(settingNotes, {
    group: 'mail',
    unit: 'email address',
    required: false,
    example: 'notices@id.example.gov',
    sentence: 'The sender of letters.',
  }),
  HUWIYA_SMS_ADDRESS: smsAddress.optional().register(settingNotes, {
    group: 'mail',
    unit: 'email address with {number} in it',
    required: false,
    example: '{number}@sms.internal.example',
    sentence:
      'The gateway that turns a letter into a text message; {number} stands for the digits of the number, country code first. Without it a phone number is changed at a counter.',
  }),
  HUWIYA_MAIL_FOLDER: path.optional().register(settingNotes, {
    group: 'mail',
    unit: 'folder',
    required: false,
    example: './mail',
    sentence: 'For development: letters become files in this folder instead of leaving. Accepted for loopback issuers only.',
  }),
  HUWIYA_METRICS_LISTEN: listener.optional().register(settingNotes, {
    group: 'telemetry',
    unit: 'host:port',
    required: false,
    example: '127.0.0.1:9464',
    sentence:
      'A separate listener that answers /metrics with numbers about answers, database, log and keys; it asks nobody who they are, so keep it inside.',
  }),
  HUWIYA_LOG_LEVEL: level.register(settingNotes, {
    group: 'telemetry',
    unit: 'debug, info, warn or error',
    required: false,
    default: 'info',
    example: 'info',
    sentence: 'The least important log line that is still written.',
  }),
});

type Setting = keyof z.input<typeof settingsSchema>;

export type SettingValues = { readonly [Name in Setting]?: string };

export type ParsedSettings = z.output<typeof settingsSchema>;
