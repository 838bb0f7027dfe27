// The addresses of the protocol, byte for byte. The engine's router folds letters and forgives a slash at the end; every rule that stands in front of it (who may
// read an answer, which methods there are, what a refusal commits) knows an address by its exact spelling, so no other spelling may get through to the engine.

const addresses =
  /^\/(?:\.well-known\/(?:openid-configuration|oauth-authorization-server)|auth(?:\/[^/]+)?|jwks|me|request|session\/end(?:\/(?:confirm|success))?|token(?:\/(?:introspection|revocation))?)$/;

/** What is not listed here is not there, also if a later version of the engine would answer it. */
export function isProtocolAddress(path: string): boolean {
  return addresses.test(path);
}
