// How a person expressed a decision, as the record keeps it: by a button, in a session of this level, which a keyed digest names.

import { createHmac } from 'node:crypto';
import type { Expression } from '../domain/consent/consent-record.ts';
import type { PersonSession } from '../oidc/person-session.ts';
import type { PageNeeds } from './needs.ts';

type Session = Pick<PersonSession, 'uid' | 'acr' | 'amr' | 'authTime' | 'deviceClass'>;

export function toExpression({ referenceKey }: Pick<PageNeeds, 'referenceKey'>, { uid, ...session }: Session): Expression {
  const sessionRef = createHmac('sha256', referenceKey).update(`session:${uid}`).digest('base64url');
  const { acr, amr, authTime, deviceClass } = session;
  return { method: 'button', acr, amr, authTime, deviceClass, sessionRef };
}
