// From strings to a Config, or to the complete list of what is wrong with them. Pure: no file and no environment is read here.

import { resolve } from 'node:path';

import type { Checked, Config, Database, Environment, Locations, StartFault, TlsFiles } from './config.ts';
import { deepFreeze } from './deep-freeze.ts';
import { isLoopbackHost } from './parse-address.ts';
import { findDoorFaults, toDoor, toTlsFiles } from './parse-certificate-door.ts';
import { findMailFaults, toMail } from './parse-mail.ts';
import { defaultLimits } from './limits.ts';
import { settingNotes } from './setting-notes.ts';
import type { SettingNote } from './setting-notes.ts';
import { parseDatabase, settingsSchema } from './settings.ts';
import type { ParsedSettings, SettingValues } from './settings.ts';

export function getSettingNotes(): readonly (SettingNote & { readonly name: string })[] {
  return Object.entries(settingsSchema.shape).map(([name, schema]) => {
    const note = settingNotes.get(schema);
    if (note === undefined) {
      throw new TypeError(`${name} has no note`);
    }
    return { name, ...note };
  });
}

/** Relative paths are resolved against `folder`. */
export function parseConfig(env: Environment, folder: string): Checked<Config> {
  const values = pickSettings(env);
  const parsed = settingsSchema.safeParse(values);
  const faults = [
    ...(parsed.success ? [] : parsed.error.issues.map(toStartFault)),
    ...findPairFaults(values, 'HUWIYA_TLS'),
    ...findPairFaults(values, 'HUWIYA_MTLS'),
    ...findCopyFaults(values),
    ...findDoorFaults(values),
    ...findMailFaults(toGivenMail(values)),
  ];
  if (!parsed.success || faults.length > 0) {
    return { ok: false, faults };
  }
  return { ok: true, value: deepFreeze(toConfig(parsed.data, folder)) };
}

/** Where keys and database are, as far as these two settings can be read; so that one failed start can name the faults of all three. */
export function findLocations(env: Environment, folder: string): Locations {
  const { HUWIYA_KEYS: keys, HUWIYA_DATABASE: database, HUWIYA_AUDIT_DATABASE: copy } = settingsSchema.shape;
  const values = pickSettings(env);
  const keysFolder = keys.safeParse(values.HUWIYA_KEYS).data;
  const place = database.safeParse(values.HUWIYA_DATABASE).data;
  const copied = copy.safeParse(values.HUWIYA_AUDIT_DATABASE).data;
  return {
    keysFolder: keysFolder === undefined ? undefined : resolve(folder, keysFolder),
    database: place && toDatabase(place, folder),
    auditDatabase: copied && toDatabase(copied, folder),
  };
}

/** What keeps a node from listening although every command can work: nobody would end TLS for an https issuer. */
export function findListenerFaults(config: Config): readonly StartFault[] {
  if (!config.secure || config.tls !== undefined || config.trustedHops > 0) {
    return [];
  }
  const problem = 'the issuer is https, but nothing ends TLS';
  const fix = 'Set HUWIYA_TRUSTED_HOPS to the number of proxies in front, or HUWIYA_TLS_CERT and HUWIYA_TLS_KEY';
  return [{ setting: 'HUWIYA_TRUSTED_HOPS', problem, fix }];
}

function pickSettings(env: Environment): SettingValues {
  const picked: Record<string, string> = {};
  for (const { name, default: preset } of getSettingNotes()) {
    const value = env[name]?.trim() || preset;
    if (value !== undefined) {
      picked[name] = value;
    }
  }
  return picked;
}

function toStartFault(issue: {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly code?: string | undefined;
}): StartFault {
  const setting = String(issue.path[0]);
  const note = getSettingNotes().find(({ name }) => name === setting);
  const problem = issue.code === 'invalid_type' ? 'is missing' : issue.message;
  return { setting, problem, fix: `Set it like ${setting}=${note?.example ?? ''}` };
}

function findPairFaults(values: SettingValues, name: TlsFiles['settings']): readonly StartFault[] {
  const hasCertificate = values[`${name}_CERT`] !== undefined;
  if (hasCertificate === (values[`${name}_KEY`] !== undefined)) {
    return [];
  }
  const missing = hasCertificate ? `${name}_KEY` : `${name}_CERT`;
  return [{ setting: missing, problem: 'is missing, and its counterpart is set', fix: 'Set both or neither' }];
}

/** Both are asked in the words of one. */
function findCopyFaults({ HUWIYA_AUDIT_DATABASE: copy, HUWIYA_DATABASE: database }: SettingValues): readonly StartFault[] {
  const [given, own] = [parseDatabase(copy ?? ''), parseDatabase(database ?? '')];
  if (given === undefined || own === undefined || given.kind === own.kind) {
    return [];
  }
  return [{ setting: 'HUWIYA_AUDIT_DATABASE', problem: 'is of another kind than HUWIYA_DATABASE', fix: 'Name a replica of that database' }];
}

function toGivenMail(values: SettingValues): Parameters<typeof findMailFaults>[0] {
  const issuer = settingsSchema.shape.HUWIYA_ISSUER.safeParse(values.HUWIYA_ISSUER).data;
  return {
    hasRelay: values.HUWIYA_SMTP_URL !== undefined,
    hasFolder: values.HUWIYA_MAIL_FOLDER !== undefined,
    hasFrom: values.HUWIYA_MAIL_FROM !== undefined,
    hasSms: values.HUWIYA_SMS_ADDRESS !== undefined,
    // A fault of the issuer is named by itself.
    isLoopback: issuer === undefined || isLoopbackHost(issuer.hostname),
  };
}

function toConfig(settings: ParsedSettings, folder: string): Config {
  const at = (path: string | undefined): string | undefined => (path === undefined ? undefined : resolve(folder, path));
  const tls = toTlsFiles('HUWIYA_TLS', at(settings.HUWIYA_TLS_CERT), at(settings.HUWIYA_TLS_KEY));
  return {
    issuer: settings.HUWIYA_ISSUER.origin,
    secure: settings.HUWIYA_ISSUER.protocol === 'https:',
    loopback: isLoopbackHost(settings.HUWIYA_ISSUER.hostname),
    ...toCountry(settings),
    listen: settings.HUWIYA_LISTEN,
    tls,
    trustedHops: settings.HUWIYA_TRUSTED_HOPS,
    limits: settings.HUWIYA_LIMITS ?? defaultLimits,
    sessionLimits: { idleMs: settings.HUWIYA_SESSION_IDLE * 60_000, longestSeconds: settings.HUWIYA_SESSION_HOURS * 3600 },
    certificateDoor: toDoor(settings, { at, tls }),
    ...toDatabases(settings, folder),
    keysFolder: resolve(folder, settings.HUWIYA_KEYS),
    tokenKeyDays: settings.HUWIYA_TOKEN_KEY_DAYS,
    recoveryWaitHours: settings.HUWIYA_RECOVERY_HOURS,
    unfreezeHours: settings.HUWIYA_UNFREEZE_HOURS,
    enrolmentCodeHours: settings.HUWIYA_ENROLMENT_CODE_HOURS,
    exportAloneLimit: settings.HUWIYA_AUDIT_EXPORT_ALONE,
    trustFramework: settings.HUWIYA_TRUST_FRAMEWORK,
    staffPasskeys: settings.HUWIYA_STAFF_PASSKEYS,
    outboundAllow: settings.HUWIYA_OUTBOUND_ALLOW ?? [],
    extraCaFile: at(settings.HUWIYA_EXTRA_CA),
    ...toWatching(settings, at),
    mail: toMail({
      relay: settings.HUWIYA_SMTP_URL,
      folder: at(settings.HUWIYA_MAIL_FOLDER),
      from: settings.HUWIYA_MAIL_FROM,
      smsAddress: settings.HUWIYA_SMS_ADDRESS,
    }),
    stopNoticeSeconds: settings.HUWIYA_STOP_NOTICE,
    metricsListen: settings.HUWIYA_METRICS_LISTEN,
    logLevel: settings.HUWIYA_LOG_LEVEL,
  };
}

function toCountry(settings: ParsedSettings): Pick<Config, 'authority' | 'homeCountry'> {
  const { HUWIYA_AUTHORITY_AR: ar, HUWIYA_AUTHORITY_EN: en, HUWIYA_AUTHORITY_URL: uri = null, HUWIYA_HOME_COUNTRY: homeCountry } = settings;
  return { authority: { name: { ar, en }, uri }, homeCountry };
}

function toWatching(
  settings: ParsedSettings,
  at: (path: string | undefined) => string | undefined,
): Pick<Config, 'witnesses' | 'verifyHour'> {
  const [policyFile, headFile] = [at(settings.HUWIYA_WITNESSES), at(settings.HUWIYA_WITNESSED_HEAD)];
  return {
    witnesses: policyFile === undefined ? undefined : { policyFile, headFile: headFile ?? `${policyFile}.head` },
    verifyHour: settings.HUWIYA_VERIFY_HOUR,
  };
}

function toDatabases(
  { HUWIYA_AUDIT_DATABASE: copy, HUWIYA_DATABASE: database }: ParsedSettings,
  folder: string,
): Pick<Config, 'database' | 'auditDatabase'> {
  return { database: toDatabase(database, folder), auditDatabase: copy && toDatabase(copy, folder) };
}

function toDatabase(database: Database, folder: string): Database {
  return database.kind === 'sqlite' ? { kind: 'sqlite', path: resolve(folder, database.path) } : database;
}
