// The table of classes in docs/guides/files.md, from the one that the check and the engine read.

import { classRules } from '../../src/domain/agencies/class-rules.ts';
import type { ClassRules } from '../../src/domain/agencies/class-rules.ts';
import { findWeaknesses, weaknessNotes } from '../../src/domain/agencies/find-weaknesses.ts';
import { serviceClasses } from '../../src/domain/agencies/agency.ts';
import { toFixedMembers } from '../../src/domain/agencies/class-rules.ts';
import { toTable } from './table.ts';

const rows: readonly (readonly [string, (rules: ClassRules) => string])[] = [
  ['Signs in with (`token_endpoint_auth_method`)', ({ methods }) => toList(methods)],
  ['ID tokens and signed UserInfo', ({ tokenAlgorithms }) => toList(tokenAlgorithms)],
  ['Pushed requests (PAR)', ({ needsPushedRequests }) => toDuty(needsPushedRequests)],
  ['PKCE (S256)', ({ needsPkce }) => toDuty(needsPkce)],
  [
    'Bound tokens',
    ({ needsBoundTokens, mayBindByCertificate }) => {
      const when = needsBoundTokens ? 'always' : 'where registered; always for an installed application';
      return `${when}: to proofs${mayBindByCertificate ? ' or a certificate' : ''}`;
    },
  ],
  ['Signed requests (JAR)', ({ signsUnasked }) => (signsUnasked ? 'where the service does it' : 'where registered')],
  ['Requests are signed with', ({ requestAlgorithms }) => toList(requestAlgorithms)],
  ['Answers come back by', ({ responseModes: { standing } }) => toList(standing)],
  [
    'and by, where `response_modes` says so',
    ({ responseModes: { open, standing } }) => toList(open.filter((mode) => !standing.includes(mode))),
  ],
  ['Signed answers (JARM)', ({ answerAlgorithms }) => toList(answerAlgorithms)],
  ['Keys', ({ needsInlineKeys }) => (needsInlineKeys ? 'inline (`jwks`)' : 'inline (`jwks`) or at an address (`jwks_uri`)')],
  ['Approved while a host is unproven', ({ needsProvenHosts }) => (needsProvenHosts ? 'no' : 'yes, and shown')],
];

const toList = (names: readonly string[]): string => (names.length === 0 ? '–' : names.map((name) => `\`${name}\``).join(', '));
const toDuty = (isDuty: boolean): string => (isDuty ? 'always' : 'where the service does it');

/** Of a service that registers nothing beyond what the class gives. */
function toWeaknesses(serviceClass: (typeof serviceClasses)[number]): string {
  const [method = ''] = classRules[serviceClass].methods;
  const metadata = { token_endpoint_auth_method: method, ...toFixedMembers(serviceClass, {}) };
  const found = findWeaknesses({ serviceClass, metadata });
  return found.length === 0 ? 'nothing' : found.map((weakness) => weaknessNotes[weakness]).join('; ');
}

export function toClassTable(): string {
  const cells = rows.map(([label, toCell]) => [label, ...serviceClasses.map((name) => toCell(classRules[name]))]);
  return toTable(
    ['', ...serviceClasses.map((name) => `\`${name}\``)],
    [...cells, ['What it weakens', ...serviceClasses.map(toWeaknesses)]],
  );
}
