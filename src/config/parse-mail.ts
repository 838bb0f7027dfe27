// Where letters leave: a relay over SMTP, or on one's own machine a folder. Checked as a whole, because each part is useless or dangerous without another.

import type { Mail, SmtpRelay, StartFault } from './config.ts';

/** The same alphabet as the catalogue's: one address, nothing that could begin a second one or a header. */
const address = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/;

export function isMailAddress(text: string): boolean {
  return text.length <= 254 && address.test(text);
}

const place = '{number}';

/** With exactly one place for the number, and an address once it is filled in. */
export function isSmsAddress(text: string): boolean {
  return text.split(place).length === 2 && isMailAddress(text.replace(place, '966500000000'));
}

const kinds = [
  { protocol: 'smtp:', port: 587, tls: 'starttls' },
  { protocol: 'smtps:', port: 465, tls: 'implicit' },
] as const;

const isBare = (url: URL): boolean => ['', '/'].includes(url.pathname) && url.search === '' && url.hash === '';

/** `smtp://` begins in the clear and turns to TLS at once (STARTTLS); `smtps://` is TLS from the first byte. */
export function parseRelay(text: string): SmtpRelay | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const kind = kinds.find(({ protocol }) => protocol === url?.protocol);
  if (url === undefined || kind === undefined || url.hostname === '' || !isBare(url)) {
    return undefined;
  }
  const login = parseLogin(url);
  return login === 'unreadable' ? undefined : { host: url.hostname, port: Number(url.port || kind.port), tls: kind.tls, login };
}

function parseLogin({ username, password }: URL): SmtpRelay['login'] | 'unreadable' {
  if (username === '' && password === '') {
    return null;
  }
  try {
    return { user: decodeURIComponent(username), password: decodeURIComponent(password) };
  } catch {
    return 'unreadable';
  }
}

export type MailSettings = {
  readonly relay: SmtpRelay | undefined;
  /** Absolute. */
  readonly folder: string | undefined;
  readonly from: string | undefined;
  readonly smsAddress: string | undefined;
};

export function toMail({ relay, folder, from, smsAddress = '' }: MailSettings): Mail | undefined {
  if (from === undefined) {
    return undefined;
  }
  const sms = smsAddress === '' ? null : smsAddress;
  if (relay !== undefined) {
    return { door: { kind: 'smtp', relay }, from, smsAddress: sms };
  }
  return folder === undefined ? undefined : { door: { kind: 'folder', folder }, from, smsAddress: sms };
}

export type GivenMail = {
  readonly hasRelay: boolean;
  readonly hasFolder: boolean;
  readonly hasFrom: boolean;
  readonly hasSms: boolean;
  readonly isLoopback: boolean;
};

type Rule = { readonly isBroken: (given: GivenMail) => boolean; readonly fault: StartFault };

const rules: readonly Rule[] = [
  {
    isBroken: ({ hasRelay, hasFolder }) => hasRelay && hasFolder,
    fault: { setting: 'HUWIYA_MAIL_FOLDER', problem: 'is set, and HUWIYA_SMTP_URL too', fix: 'Set one of them' },
  },
  {
    // A folder of letters holds every code: only where everybody who could read it is the developer.
    isBroken: ({ hasFolder, isLoopback }) => hasFolder && !isLoopback,
    fault: {
      setting: 'HUWIYA_MAIL_FOLDER',
      problem: 'keeps letters in the clear, which is accepted for loopback issuers only',
      fix: 'Set HUWIYA_SMTP_URL instead',
    },
  },
  {
    isBroken: ({ hasRelay, hasFolder, hasFrom }) => (hasRelay || hasFolder) && !hasFrom,
    fault: {
      setting: 'HUWIYA_MAIL_FROM',
      problem: 'is missing, and mail is to be sent',
      fix: 'Set it like HUWIYA_MAIL_FROM=notices@id.example.gov',
    },
  },
  {
    isBroken: ({ hasRelay, hasFolder, hasFrom, hasSms }) => !hasRelay && !hasFolder && (hasFrom || hasSms),
    fault: {
      setting: 'HUWIYA_SMTP_URL',
      problem: 'is missing, and a sender or a gateway is set',
      fix: 'Set HUWIYA_SMTP_URL, or leave the others out',
    },
  },
];

export function findMailFaults(given: GivenMail): readonly StartFault[] {
  return rules.filter(({ isBroken }) => isBroken(given)).map(({ fault }) => fault);
}
