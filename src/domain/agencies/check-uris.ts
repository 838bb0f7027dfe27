// Addresses a browser is sent back to, or that this provider calls. The engine compares them byte for byte, so there is one way to write each (RG-04, M9).

import { isIP } from 'node:net';
import { readText, readTexts, toRefusal, toWarning } from './proposal.ts';
import type { Finding, Remark } from './proposal.ts';
import type { ClientMetadata } from './agency.ts';

export type UriRules = {
  /** The issuer's own host is a loopback host: then services may use loopback hosts, http and any port (and only then). */
  readonly isLoopback: boolean;
  /** Whether the operator opened a listener for services with certificates; absent: not known. */
  readonly hasCertificateDoor?: boolean;
};

const listMembers = ['redirect_uris', 'post_logout_redirect_uris'] as const;
const singleMembers = [
  'jwks_uri',
  'backchannel_logout_uri',
  'security_events_uri',
  'initiate_login_uri',
  ...['client_uri', 'policy_uri', 'tos_uri'].flatMap((member) => [member, `${member}#ar`, `${member}#en`]),
];

export function checkUris(rules: UriRules, path: string, metadata: ClientMetadata): readonly Finding[] {
  const listed = listMembers.flatMap((member) =>
    readTexts(metadata, member).flatMap((uri, index) => checkUri(rules, `${path}.${member}[${index}]`, uri)),
  );
  const single = singleMembers.flatMap((member) => {
    const uri = readText(metadata, member);
    return uri === undefined ? [] : checkUri(rules, `${path}.${member}`, uri);
  });
  return [...listed, ...single];
}

export function checkUri(rules: UriRules, path: string, text: string): readonly Finding[] {
  const problem = URL.canParse(text)
    ? findUriProblem(rules, text, new URL(text))
    : { problem: 'is not a URL', fix: 'write an absolute https URL' };
  if (problem !== undefined) {
    return [toRefusal(path, problem)];
  }
  const isEncoded = /(?:^|\.)xn--/.test(new URL(text).hostname);
  return isEncoded
    ? [toWarning(path, { problem: 'has a host in punycode', fix: 'make sure it is the domain of this agency and no look-alike' })]
    : [];
}

function findUriProblem(rules: UriRules, text: string, url: URL): Remark | undefined {
  if (!/^https?:$/.test(url.protocol)) {
    return { problem: 'is neither https nor http', fix: 'use a claimed https URL' };
  }
  if (`${url.username}${url.password}` !== '') {
    return { problem: 'holds a user name', fix: 'remove everything before the host' };
  }
  if (/[#*]/.test(text)) {
    return { problem: 'has a fragment or a wildcard', fix: 'list each URL exactly, without # and *' };
  }
  if (url.href !== text && url.href !== `${text}/`) {
    return {
      problem: 'is not written in its normal form',
      fix: 'write host and path as a browser shows them, in lower case, without default port and dot segments',
    };
  }
  return findHostProblem(rules, url);
}

function findHostProblem(rules: UriRules, url: URL): Remark | undefined {
  const isLoopback = isLoopbackHost(url.hostname);
  if (isLoopback) {
    return rules.isLoopback ? undefined : { problem: 'has a loopback host', fix: 'use the public https URL of the service' };
  }
  if (url.protocol === 'http:') {
    return { problem: 'uses http', fix: 'use https' };
  }
  const isName = isIP(url.hostname.replaceAll(/[[\]]/g, '')) === 0 && /^[^.].*\.[a-z][a-z0-9-]*$/.test(url.hostname);
  return isName ? undefined : { problem: 'has no domain name as host', fix: 'use the full domain name, not an address' };
}

/** `localhost`, names under it (RFC 6761 §6.3), 127.0.0.0/8 and ::1. */
function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** The hosts, with ports that are not the default, to which browsers return. */
export function toRedirectHosts(metadata: ClientMetadata): readonly string[] {
  const hosts = readTexts(metadata, 'redirect_uris').map((uri) => (URL.canParse(uri) ? new URL(uri).host : uri));
  return [...new Set(hosts)];
}

/** Members whose hosts an agency claims as its own: people return there, or are told about there. */
const claimingMembers = [...listMembers, 'jwks_uri', 'backchannel_logout_uri', 'security_events_uri', 'initiate_login_uri'] as const;

export type HostClaim = { readonly member: string; readonly host: string };

/** Those hosts that name one agency, each with the first member that names it: everybody's machine is localhost. */
export function toHostClaims(metadata: ClientMetadata): readonly HostClaim[] {
  const claims = claimingMembers.flatMap((member) =>
    [...readTexts(metadata, member), ...[readText(metadata, member)].filter((uri) => uri !== undefined)]
      .filter((uri) => URL.canParse(uri))
      .map((uri) => ({ member, host: new URL(uri).hostname })),
  );
  return claims.filter(({ host }, index) => !isLoopbackHost(host) && claims.findIndex((earlier) => earlier.host === host) === index);
}

export function toClaimedHosts(metadata: ClientMetadata): readonly string[] {
  return toHostClaims(metadata).map(({ host }) => host);
}
