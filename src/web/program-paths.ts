// Addresses that services' programs talk to, and no person.

const programPaths = /^\/(?:token|me|request|jwks|proofing)(?:\/|$)|^\/\.well-known\//;

export function isProgramPath(path: string): boolean {
  return programPaths.test(path);
}
