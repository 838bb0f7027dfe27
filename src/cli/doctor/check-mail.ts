// Whether letters can leave: the relay is asked as a node would ask it, up to the login, and gets no letter.

import { readFileSync } from 'node:fs';
import type { Config } from '../../config/config.ts';
import { findRelayFailure } from '../../outbound/probe-relay.ts';
import { failed, passed } from './finding.ts';
import type { Finding, Ground } from './finding.ts';

const fixes: Readonly<Record<string, string>> = {
  'mail-etls': 'The relay offers no TLS, or its certificate is not trusted: see HUWIYA_EXTRA_CA',
  'mail-eauth': 'Check user name and password in HUWIYA_SMTP_URL',
  'smtp-535': 'Check user name and password in HUWIYA_SMTP_URL',
};
const usualFix = 'Check HUWIYA_SMTP_URL, and that this machine may reach the relay';

export async function checkMail({ config }: Pick<Ground, 'config'>): Promise<readonly Finding[]> {
  return config.ok ? checkDoor(config.value) : [];
}

async function checkDoor({ mail, extraCaFile }: Config): Promise<readonly Finding[]> {
  if (mail === undefined) {
    return [passed('mail', 'none: people change email address and phone number at a counter')];
  }
  const sms = mail.smsAddress === null ? 'no text messages' : 'text messages too';
  if (mail.door.kind === 'folder') {
    return [passed('mail', `letters become files in ${mail.door.folder}; ${sms}`)];
  }
  const { relay } = mail.door;
  const place = `${relay.host}:${relay.port}`;
  const extraCa = extraCaFile === undefined ? undefined : readFileSync(extraCaFile, 'utf8');
  const failure = await findRelayFailure({ relay, extraCa });
  return failure === undefined
    ? [passed('mail', `${place} lets us in; ${sms}`)]
    : [failed('mail', `${place} does not let us in: ${failure}`, fixes[failure] ?? usualFix)];
}
