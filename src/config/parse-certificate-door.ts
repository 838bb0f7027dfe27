// The second listener, where services come with certificates (RFC 8705): what its settings must say together.

import type { CertificateDoor, StartFault, TlsFiles } from './config.ts';
import type { ParsedSettings, SettingValues } from './settings.ts';
import { settingsSchema } from './settings.ts';

export function toTlsFiles(
  settings: TlsFiles['settings'],
  certificateFile: string | undefined,
  keyFile: string | undefined,
): TlsFiles | undefined {
  return certificateFile === undefined || keyFile === undefined ? undefined : { certificateFile, keyFile, settings };
}

/** Browsers keep what they know of a host by its name, so another port is another origin and enough. */
function toOrigin(issuer: URL, port: number): string {
  const url = new URL(issuer);
  url.protocol = 'https:';
  url.port = String(port);
  return url.origin;
}

type Surroundings = { readonly at: (path: string | undefined) => string | undefined; readonly tls: TlsFiles | undefined };

export function toDoor(settings: ParsedSettings, { at, tls }: Surroundings): CertificateDoor | undefined {
  const { HUWIYA_MTLS_LISTEN: listen, HUWIYA_MTLS_HEADER: header } = settings;
  if (listen === undefined) {
    return undefined;
  }
  const own = toTlsFiles('HUWIYA_MTLS', at(settings.HUWIYA_MTLS_CERT), at(settings.HUWIYA_MTLS_KEY));
  return {
    listen,
    // Behind a proxy TLS ends there, unless this listener was given a certificate of its own for the way between.
    tls: own ?? (header === undefined ? tls : undefined),
    isForCertificates: true,
    url: settings.HUWIYA_MTLS_URL?.replace(/\/$/, '') ?? toOrigin(settings.HUWIYA_ISSUER, listen.port),
    authoritiesFile: at(settings.HUWIYA_MTLS_CA),
    header,
  };
}

type Given = { readonly values: SettingValues; readonly isListening: boolean; readonly isSameOrigin: boolean };

type Rule = { readonly isBroken: (given: Given) => boolean; readonly fault: StartFault };

const others = ['HUWIYA_MTLS_URL', 'HUWIYA_MTLS_CA', 'HUWIYA_MTLS_HEADER', 'HUWIYA_MTLS_CERT', 'HUWIYA_MTLS_KEY'] as const;

const rules: readonly Rule[] = [
  {
    isBroken: ({ values, isListening }) => !isListening && others.some((name) => values[name] !== undefined),
    fault: {
      setting: 'HUWIYA_MTLS_LISTEN',
      problem: 'is missing, and another setting of that listener is there',
      fix: 'Set it like HUWIYA_MTLS_LISTEN=0.0.0.0:9443, or leave the others out',
    },
  },
  {
    isBroken: ({ values, isListening }) =>
      isListening && [values.HUWIYA_MTLS_HEADER, values.HUWIYA_MTLS_CERT, values.HUWIYA_TLS_CERT].every((value) => value === undefined),
    fault: {
      setting: 'HUWIYA_MTLS_LISTEN',
      problem: 'is set, and nothing ends TLS there',
      fix: 'Set HUWIYA_MTLS_CERT and HUWIYA_MTLS_KEY, or HUWIYA_MTLS_HEADER where a proxy passes certificates on',
    },
  },
  {
    // What anybody can send is no proof: the header is believed because a proxy replaces it.
    isBroken: ({ values }) => values.HUWIYA_MTLS_HEADER !== undefined && /^0?$/.test(values.HUWIYA_TRUSTED_HOPS ?? ''),
    fault: {
      setting: 'HUWIYA_MTLS_HEADER',
      problem: 'is believed from a proxy of yours only, and there is none',
      fix: 'Set HUWIYA_TRUSTED_HOPS to the number of proxies in front, or leave the header out',
    },
  },
  {
    isBroken: ({ isSameOrigin }) => isSameOrigin,
    fault: {
      setting: 'HUWIYA_MTLS_URL',
      problem: 'is the issuer, where browsers come, who would all be asked for a certificate',
      fix: 'Use another port or another host name',
    },
  },
];

function isSameOrigin(values: SettingValues): boolean {
  const issuer = settingsSchema.shape.HUWIYA_ISSUER.safeParse(values.HUWIYA_ISSUER).data;
  const listen = settingsSchema.shape.HUWIYA_MTLS_LISTEN.safeParse(values.HUWIYA_MTLS_LISTEN).data;
  if (issuer === undefined || listen === undefined) {
    return false;
  }
  return issuer.origin === (values.HUWIYA_MTLS_URL?.replace(/\/$/, '') ?? toOrigin(issuer, listen.port));
}

export function findDoorFaults(values: SettingValues): readonly StartFault[] {
  const given = { values, isListening: values.HUWIYA_MTLS_LISTEN !== undefined, isSameOrigin: isSameOrigin(values) };
  return rules.filter(({ isBroken }) => isBroken(given)).map(({ fault }) => fault);
}
