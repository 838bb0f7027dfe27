// A refused request as it is looked at once more.

import type { OIDCContext } from 'oidc-provider';
import type { RegisteredService } from '../../domain/agencies/agency.ts';
import type { Jwk } from '../../domain/agencies/proposal.ts';
import type { AskedParameters } from './describe-request.ts';
import type { EngineRefusal } from './engine-refusals.ts';
import type { Credentials } from './read-credentials.ts';

export type Examined = {
  readonly oidc: OIDCContext;
  readonly asked: AskedParameters;
  readonly credentials: Credentials;
  readonly registered: RegisteredService;
  readonly refusal: EngineRefusal;
  /** Those of the service; undefined where they cannot be read. */
  readonly keys: readonly Jwk[] | undefined;
  /** Whether the engine met an assertion or a proof that it had seen before. */
  readonly isReplay: boolean;
  /** Whether it came at the door for certificates with one that is in its time. */
  readonly hasCertificate: boolean;
  /** Whether a DPoP proof came along. */
  readonly hasProof: boolean;
};

/** Undefined where it is absent, or came twice. */
export function findText({ asked }: Examined, name: string): string | undefined {
  const value = asked.known.get(name);
  return typeof value === 'string' ? value : undefined;
}

export function isGiven({ asked }: Examined, name: string): boolean {
  return asked.known.has(name);
}
