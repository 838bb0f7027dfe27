// `huwiya keys rotate`: the waiting keys take over, on every node and from its next request on. No restart, no request is lost.

import type { Parts } from '../app.ts';
import { rotateKeys } from '../domain/keys/rotate-keys.ts';
import type { RotationKind, Turn } from '../domain/keys/rotate-keys.ts';
import { toTimestamp } from '../domain/kernel/clock.ts';
import { getErrorRow } from '../domain/kernel/errors.ts';
import type { ErrorCode } from '../domain/kernel/errors.ts';
import type { ExitCode } from './context.ts';
import { readWholeSet, toKeyNeeds } from './key-needs.ts';
import { printFailure, printJson, printLine, printTable } from './print.ts';
import { standardErr, standardOut } from './with-parts.ts';

export type KeysRotateOptions = { readonly kind: RotationKind; readonly json: boolean };

function toJson({ alg, ended, withdrawn, active, staged }: Turn) {
  return {
    alg,
    ended: ended.kid,
    also_ended: withdrawn.map(({ kid }) => kid),
    accepted_until: toTimestamp(ended.goneAt ?? 0),
    active: active.kid,
    staged: staged.kid,
  };
}

/** Whom the operator tells: services that keep a copy of the published keys may still believe the key that was revoked. */
async function findContacts({ storage }: Parts): Promise<readonly string[]> {
  const agencies = await storage.agencies.listAgencies();
  return [...new Set(agencies.map(({ contacts }) => contacts['security']).filter((contact) => contact !== undefined))];
}

function printRefusal({ code, detail }: { readonly code: ErrorCode; readonly detail: string }): void {
  if (code === 'key/too-early') {
    printLine(standardErr, `keys rotate: ${code}. The waiting keys may sign from ${detail}. ${getErrorRow(code).advice}`);
  } else {
    printFailure(standardErr, 'keys rotate', code);
  }
}

export async function runKeysRotate(parts: Parts, { kind, json }: KeysRotateOptions): Promise<ExitCode> {
  const needs = toKeyNeeds(parts);
  await readWholeSet(needs);
  const rotated = await rotateKeys(needs, kind);
  if (!rotated.ok) {
    printRefusal(rotated);
    return 1;
  }
  const turns = rotated.value.map(toJson);
  const contacts = kind === 'emergency' ? await findContacts(parts) : [];
  if (json) {
    printJson(standardOut, { kind, keys: turns, tell: contacts });
    return 0;
  }
  printTable(standardOut, [
    ['ALG', 'ENDED', 'ACCEPTED UNTIL', 'SIGNS NOW', 'WAITS'],
    ...turns.map(({ alg, ended, also_ended: also, accepted_until: until, active, staged }) => [
      alg,
      [ended, ...also].join(' '),
      until,
      active,
      staged,
    ]),
  ]);
  if (contacts.length > 0) {
    printLine(standardOut, `tell the agencies: fetch the keys anew, believe nothing of the old ones: ${contacts.join(', ')}`);
  }
  return 0;
}
