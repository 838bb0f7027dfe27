// The names of the engine's cookies. Where the issuer is https they carry the prefixes that browsers hold them to (RFC 6265bis §4.1.3).

export type CookieNames = { readonly session: string; readonly interaction: string; readonly resume: string };

export function toCookieNames(isSecure: boolean): CookieNames {
  return isSecure
    ? { session: '__Host-sid', interaction: '__Secure-int', resume: '__Secure-res' }
    : { session: 'sid', interaction: 'int', resume: 'res' };
}
