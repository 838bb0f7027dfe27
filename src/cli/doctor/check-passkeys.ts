// What vouches for passkeys: the metadata that were imported, and whether those of staff are as their roles demand. Counts only; `huwiya officers list` names.

import { dayMs, systemClock, toTimestamp } from '../../domain/kernel/clock.ts';
import type { Millis } from '../../domain/kernel/clock.ts';
import { isLate } from '../../domain/metadata/model.ts';
import type { MetadataSource } from '../../domain/metadata/model.ts';
import { isActive } from '../../domain/staff/officer.ts';
import { mustBeAttested, toFitness } from '../../domain/staff/passkey-rule.ts';
import type { Fitness, StaffRule } from '../../domain/staff/passkey-rule.ts';
import type { ListedOfficer } from '../../domain/staff/store.ts';
import { countReadyRegistrars, registrarsNeeded } from '../../domain/staff/two-registrars.ts';
import { passed, warned } from './finding.ts';
import type { Finding, Ground } from './finding.ts';

const replace = '"huwiya officers list" names them; suspend the account and invite again';

export async function checkPasskeys({ storage, config }: Pick<Ground, 'storage' | 'config'>): Promise<readonly Finding[]> {
  if (storage === undefined || !(await storage.health.hasMigrations())) {
    return [
      warned('metadata', 'not looked at', 'Repair the database first'),
      warned('staff', 'not looked at', 'Repair the database first'),
    ];
  }
  const sources = await storage.metadata.listSources();
  const rule = config.ok ? config.value.staffPasskeys : 'metadata';
  const state = { rule, hasMetadata: sources.length > 0, now: systemClock.now() };
  const officers = await storage.staff.listOfficers();
  const staff = [...toSuspicionFindings(officers, state), ...toCounterFindings(officers, state), ...toStaffFindings(officers, state)];
  const registered = await storage.agencies.listServices();
  const demanding = registered.filter(({ service }) => service.status === 'active' && service.minimumLevel === 'high');
  return [...toMetadataFindings(sources, demanding.length), ...staff];
}

const nobody = 'Import metadata with "huwiya mds import", or register these services for substantial';

/** `demanding`: how many active services let in nobody below `high`. */
function toMetadataFindings(sources: readonly MetadataSource[], demanding: number): readonly Finding[] {
  if (sources.length === 0 && demanding > 0) {
    return [warned('metadata', `none were imported, and services that demand high: ${demanding}; nobody can enter them`, nobody)];
  }
  if (sources.length === 0) {
    return [passed('metadata', 'none were imported: no passkey is vouched for, and any will do for staff unless the strict rule is set')];
  }
  const late = sources.filter((source) => isLate(source, systemClock.now()));
  return late.length === 0
    ? [passed('metadata', `${sources.length} imported, none late`)]
    : late.map(({ name, nextUpdate }) =>
        warned(
          'metadata',
          `an edition of ${name} was due on ${toTimestamp(nextUpdate).slice(0, 10)}`,
          'Import it with "huwiya mds import"',
        ),
      );
}

type StaffState = { readonly rule: StaffRule; readonly hasMetadata: boolean; readonly now: Millis };

const told = 30 * dayMs;

/** Whatever the account is now: what was done in that name before has to be looked at (ADR-0071). */
export function toSuspicionFindings(officers: readonly ListedOfficer[], { now }: Pick<StaffState, 'now'>): readonly Finding[] {
  const ends = officers.flatMap(({ passkeys }) => passkeys).filter(({ endedAt }) => endedAt !== null && now - endedAt < told);
  return ends.length === 0
    ? []
    : [
        warned(
          'staff',
          `${ends.length} accounts were suspended in the last 30 days because their passkey was copied or is another kind of key`,
          '"huwiya officers list" names them; look at what was done in their names, then invite again',
        ),
      ];
}

/** Where there are no officers at all nothing is expected of a counter. */
export function toCounterFindings(officers: readonly ListedOfficer[], { rule }: Pick<StaffState, 'rule'>): readonly Finding[] {
  const ready = countReadyRegistrars(officers, rule);
  return officers.length === 0 || ready >= registrarsNeeded
    ? []
    : [
        warned(
          'staff',
          `${ready} of ${registrarsNeeded} registrars who have different names and a passkey that opens a desk: nobody who lost every passkey comes back at a counter, and the pages say so`,
          'Invite another one with "huwiya officers invite --role registrar"',
        ),
      ];
}

/** Of active officers: a suspended one opens no desk with any passkey. */
export function toStaffFindings(officers: readonly ListedOfficer[], { rule, hasMetadata }: Omit<StaffState, 'now'>): readonly Finding[] {
  const held = officers
    .filter(isActive)
    .flatMap(({ role, passkeys }) =>
      passkeys.map((passkey) => ({ fitness: toFitness(passkey), isDemanded: mustBeAttested({ rule, role, hasMetadata }) })),
    );
  const count = (fitness: Fitness): number => held.filter((passkey) => passkey.fitness === fitness).length;
  const summary = `${count('attested')} passkeys attested, ${count('unproven')} unproven, ${count('revoked')} of a revoked model`;
  const short = held.filter(({ fitness, isDemanded }) => fitness === 'unproven' && isDemanded).length;
  const problems = [
    ...(count('revoked') > 0 ? [warned('staff', `${summary}; those of a revoked model open no desk`, replace)] : []),
    ...(short > 0
      ? [
          warned(
            'staff',
            `${summary}; ${short} of the unproven ${rule === 'attested' ? 'open no desk by the strict rule' : 'should be attested'}`,
            replace,
          ),
        ]
      : []),
  ];
  return problems.length > 0 ? problems : [passed('staff', summary)];
}
