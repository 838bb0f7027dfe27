// Owns what an operator decides: every setting is read once, checked as a whole and handed down as one frozen Config.
// Must never give a secret or an identity a default, offer a switch that weakens a protection, or be read again after the start.

import type { Limits } from './limits.ts';

/** How long a session of a person rests, and how long it lasts. */
export type SessionLimits = { readonly idleMs: number; readonly longestSeconds: number };

export type Listener = { readonly host: string; readonly port: number };

export type Database = { readonly kind: 'sqlite'; readonly path: string } | { readonly kind: 'postgres'; readonly url: string };

/** A private destination that outbound calls may reach all the same, at this port alone; null: at any. */
export type OutboundRule = { readonly port: number | null } & (
  | { readonly kind: 'host'; readonly host: string }
  | { readonly kind: 'network'; readonly address: string; readonly prefix: number; readonly family: 'ipv4' | 'ipv6' }
);

/** A relay that letters are handed to. `starttls` refuses to go on in the clear, except towards a loopback host. */
export type SmtpRelay = {
  readonly host: string;
  readonly port: number;
  readonly tls: 'implicit' | 'starttls';
  readonly login: { readonly user: string; readonly password: string } | null;
};

export type MailDoor = { readonly kind: 'smtp'; readonly relay: SmtpRelay } | { readonly kind: 'folder'; readonly folder: string };

export type Mail = {
  readonly door: MailDoor;
  readonly from: string;
  /** The gateway's address, with `{number}` for the digits of a telephone number; null: no text messages. */
  readonly smsAddress: string | null;
};

/** Who watches over the protection of personal data: named to people in every record. */
export type Authority = { readonly name: { readonly ar: string; readonly en: string }; readonly uri: string | null };

export type Level = 'debug' | 'info' | 'warn' | 'error';

export type TlsFiles = {
  readonly certificateFile: string;
  readonly keyFile: string;
  /** Which two settings name them. */
  readonly settings: 'HUWIYA_TLS' | 'HUWIYA_MTLS';
};

/** One place where a node takes connections. */
export type Door = {
  readonly listen: Listener;
  /** Absent: TLS ends in front of it, or nowhere. */
  readonly tls: TlsFiles | undefined;
  /** Whoever comes here is asked for a certificate of their own (RFC 8705), or a proxy passes it on. */
  readonly isForCertificates?: boolean;
};

/** The door of services that prove themselves, or bind their tokens, with a certificate. */
export type CertificateDoor = Door & {
  /** Its origin as services call it: another than the issuer. */
  readonly url: string;
  /** Who issues certificates to services. Absent: only certificates that stand in the register are believed. */
  readonly authoritiesFile: string | undefined;
  /** In small letters; in which a proxy passes the certificate on. Absent: the certificate is that of the connection. */
  readonly header: string | undefined;
};

/** Where the policy of witnesses is, and where the newest witnessed checkpoint is kept outside the database. */
export type WitnessFiles = { readonly policyFile: string; readonly headFile: string };

/** All paths are absolute. */
export type Config = {
  /** An origin without a trailing slash, as it appears in `iss`. */
  readonly issuer: string;
  /** The issuer is https: cookies are Secure and carry their prefixes. */
  readonly secure: boolean;
  /** The issuer's own host is a loopback host: services and outbound calls may use loopback hosts, http and any port. */
  readonly loopback: boolean;
  readonly authority: Authority;
  /** ISO 3166-1 alpha-2. */
  readonly homeCountry: string;
  readonly listen: Listener;
  /** TLS in process. Absent: a proxy in front ends TLS, or the issuer is http on a loopback host. */
  readonly tls: TlsFiles | undefined;
  readonly trustedHops: number;
  /** How often something may fail before whoever does it has to wait. */
  readonly limits: Limits;
  readonly sessionLimits: SessionLimits;
  /** Absent: nobody proves anything with a certificate. */
  readonly certificateDoor: CertificateDoor | undefined;
  readonly database: Database;
  /** A copy of the database that exports are read from; absent: the database itself. */
  readonly auditDatabase: Database | undefined;
  readonly keysFolder: string;
  /** How long a key signs tokens before it is rotated. */
  readonly tokenKeyDays: number;
  /** How long somebody waits who comes back without a counter. */
  readonly recoveryWaitHours: number;
  /** Between asking to lift a freeze and its end; at least one. */
  readonly unfreezeHours: number;
  /** How long an enrolment link or code works: a day at most. */
  readonly enrolmentCodeHours: number;
  /** Up to so many entries an auditor takes out of a case alone. */
  readonly exportAloneLimit: number;
  /** By which rules our own counters check people. */
  readonly trustFramework: string;
  /** How far passkeys of staff must be attested. */
  readonly staffPasskeys: 'metadata' | 'attested';
  readonly outboundAllow: readonly OutboundRule[];
  readonly extraCaFile: string | undefined;
  /** Absent: nobody outside cosigns the log. */
  readonly witnesses: WitnessFiles | undefined;
  /** In UTC, from which the whole log is verified each night; null: never by itself. */
  readonly verifyHour: number | null;
  /** Absent: nothing is sent to people, and contacts are changed at a counter. */
  readonly mail: Mail | undefined;
  /** Between saying "not ready" and closing the listener. */
  readonly stopNoticeSeconds: number;
  readonly metricsListen: Listener | undefined;
  readonly logLevel: Level;
};

export type Locations = {
  readonly keysFolder: string | undefined;
  readonly database: Database | undefined;
  readonly auditDatabase: Database | undefined;
};

/** One reason not to start. `setting` names a HUWIYA_* variable or a file; neither part ever repeats a value. */
export type StartFault = { readonly setting: string; readonly problem: string; readonly fix: string };

export type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly faults: readonly StartFault[] };

/** Setting names as an environment spells them; absent and empty mean the same. */
export type Environment = { readonly [name: string]: string | undefined };

/** All faults in one text, one line each, so that one failed start is enough to repair everything. */
export function toFaultReport(faults: readonly StartFault[], outcome = 'Huwiya does not start'): string {
  const lines = faults.map(({ setting, problem, fix }) => `  ${setting}: ${problem}. ${fix}`);
  return [`${outcome}: ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}.`, ...lines].join('\n');
}
