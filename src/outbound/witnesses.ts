// The policy of witnesses as an operator wrote it, and the way to them.

import { readFileSync } from 'node:fs';
import type { Checked, Config, StartFault } from '../config/config.ts';
import { toVerifierText } from '../domain/ledger/signed-note.ts';
import type { NoteVerifier } from '../domain/ledger/signed-note.ts';
import { parsePolicy } from '../domain/witnesses/policy.ts';
import type { Policy } from '../domain/witnesses/policy.ts';
import type { PostToWitness } from '../domain/witnesses/submit-checkpoint.ts';
import type { GuardedFetch } from './guarded-fetch.ts';

const setting = 'HUWIYA_WITNESSES';
const fix = 'Write the policy as docs/guides/witness.md says (C2SP tlog-policy)';

function toFault(problem: string): { readonly ok: false; readonly faults: readonly StartFault[] } {
  return { ok: false, faults: [{ setting, problem, fix }] };
}

function findText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function findProblem({ logs, witnesses, quorum }: Policy, log: NoteVerifier): string | undefined {
  if (quorum === null) {
    return 'needs a quorum of at least one witness';
  }
  const silent = witnesses.find(({ url }) => url === undefined);
  if (silent !== undefined) {
    return 'names a witness without the URL under which it takes checkpoints';
  }
  const isOurs = logs.length === 0 || logs.some(({ key }) => toVerifierText(key) === toVerifierText(log));
  return isOurs ? undefined : 'names other logs, and not the key of this one';
}

/** `undefined` where no witnesses are set. */
export function readWitnessPolicy({ witnesses }: Pick<Config, 'witnesses'>, log: NoteVerifier): Checked<Policy | undefined> {
  if (witnesses === undefined) {
    return { ok: true, value: undefined };
  }
  const text = findText(witnesses.policyFile);
  const policy = text === undefined ? undefined : parsePolicy(text);
  if (policy === undefined || !policy.ok) {
    return toFault(policy === undefined ? 'names a file that cannot be read' : `names a policy with a fault: ${policy.detail}`);
  }
  const problem = findProblem(policy.value, log);
  return problem === undefined ? policy : toFault(problem);
}

export function createPostToWitness(fetch: GuardedFetch): PostToWitness {
  return async (url, body) => fetch({ url, method: 'POST', headers: { 'content-type': 'text/plain; charset=utf-8' }, body });
}
