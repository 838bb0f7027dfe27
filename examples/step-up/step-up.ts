// An interface that asks for a fresher or stronger sign-in than a token was made with (RFC 9470), and the service that reads what it asks. Both halves are
// small enough to copy; what they need of the provider is introspection and an ordinary authorization request.

/** What introspection says of a token (RFC 7662 §2.2, RFC 9470 §6.2). */
export type TokenFacts = { readonly active: boolean; readonly acr?: string; readonly auth_time?: number; readonly token_type?: string };

/** What one act of the interface asks of the sign-in. */
export type Rule = {
  /** Any of these levels. */
  readonly levels?: readonly string[];
  /** How long ago the person may have signed in. */
  readonly maxAgeSeconds?: number;
};

const toleranceSeconds = 10;

function isFresh(signedInAt: number | undefined, maxAgeSeconds: number, nowSeconds: number): boolean {
  return signedInAt !== undefined && nowSeconds - signedInAt <= maxAgeSeconds + toleranceSeconds;
}

/** What the sign-in lacks, as the members of a challenge. */
function findLacks({ acr = '', auth_time }: TokenFacts, { levels, maxAgeSeconds }: Rule, nowSeconds: number): readonly string[] {
  return [
    ...(levels === undefined || levels.includes(acr) ? [] : [`acr_values="${levels.join(' ')}"`]),
    ...(maxAgeSeconds === undefined || isFresh(auth_time, maxAgeSeconds, nowSeconds) ? [] : [`max_age="${maxAgeSeconds}"`]),
  ];
}

/** The value of `WWW-Authenticate` to answer 401 with, in the scheme in which the token has to come; undefined where the token is good enough. */
export function findChallenge(facts: TokenFacts, rule: Rule, nowSeconds: number): string | undefined {
  const scheme = facts.token_type ?? 'Bearer';
  if (!facts.active) {
    return `${scheme} error="invalid_token"`;
  }
  const lacks = findLacks(facts, rule, nowSeconds);
  return lacks.length === 0 ? undefined : [`${scheme} error="insufficient_user_authentication"`, ...lacks].join(', ');
}

/** What the service adds to its next authorization request; undefined where the answer asks for nothing of the kind. */
export function toStepUpRequest(challenge: string | null): Readonly<Record<string, string>> | undefined {
  if (challenge === null || !challenge.includes('error="insufficient_user_authentication"')) {
    return undefined;
  }
  const asked = ['acr_values', 'max_age'].flatMap((name) => {
    const value = new RegExp(`${name}="?([^",]*)`).exec(challenge)?.[1];
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(asked);
}
