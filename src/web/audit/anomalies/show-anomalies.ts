// The auditor's page of anomalies. The sweep is a look like every other: it stands in the log before its findings are handed out.

import type { Context } from 'koa';
import { z } from 'zod';
import { findAnomalies } from '../../../domain/audit/anomalies/find-anomalies.ts';
import type { Sweep } from '../../../domain/audit/anomalies/find-anomalies.ts';
import type { Anomaly } from '../../../domain/audit/anomalies/rule.ts';
import { recordLook } from '../../../domain/audit/look.ts';
import { dayMs, toTimestamp } from '../../../domain/kernel/clock.ts';
import { Fault } from '../../../domain/kernel/errors.ts';
import { toSpellingIn } from '../../../domain/staff/spellings.ts';
import type { AnomalyRow } from '../../../../views/anomalies-model.ts';
import { renderAnomaliesPage } from '../../../../views/anomalies.ts';
import { sendPage } from '../../frame.ts';
import type { PageNeeds } from '../../needs.ts';
import { toLookNeeds } from '../look-needs.ts';
import { findMandate } from './mandate.ts';
import { findQuestionUrl } from './question-of-rule.ts';
import { openAudit } from '../open-audit.ts';
import type { Audit } from '../open-audit.ts';
import { readRegister, toPurposeName, toServiceName } from '../register.ts';
import type { Register } from '../register.ts';

const path = '/audit/anomalies';
const periods = [7, 30, 90, 365] as const;
const standard = 30;
const mostEntries = 12;

const querySchema = z.strictObject({
  days: z.enum(periods.map(String)).optional(),
  lang: z.string().optional(),
});

function parseDays(ctx: Context): number {
  const query = querySchema.safeParse({ ...ctx.query });
  if (!query.success) {
    throw new Fault('request/invalid', 'no such period');
  }
  return Number(query.data.days ?? standard);
}

async function sweep(needs: PageNeeds, audit: Audit, days: number): Promise<Sweep & { readonly from: number; readonly to: number }> {
  const { ledger, agencies, facts } = needs;
  const to = needs.clock.now();
  const from = to - days * dayMs;
  const services = await findMandate(needs, audit);
  const swept = await findAnomalies({ ledger, agencies, facts }, { from, to, services, most: mostEntries });
  const returned = swept.findings.reduce((sum, { anomalies }) => sum + anomalies.length, 0);
  const parameters = { from: toTimestamp(from), to: toTimestamp(to) };
  const payload = { query: 'anomalies', parameters, case: null, as_of: swept.size, after: null, returned, form: 'page' };
  await recordLook(toLookNeeds(needs), audit.by, { type: 'record.searched', payload });
  return { ...swept, from, to };
}

type Naming = { readonly register: Register; readonly officers: ReadonlyMap<string, string> };

async function readOfficers({ staff }: PageNeeds, { findings }: Sweep): Promise<ReadonlyMap<string, string>> {
  const refs = findings.flatMap(({ anomalies }) => anomalies.flatMap(({ officer }) => officer ?? []));
  const found = await Promise.all([...new Set(refs)].map(async (id) => staff.findOfficer(id)));
  return new Map(found.filter((officer) => officer !== undefined).map(({ id, name }) => [id, name]));
}

function toRow({ register, officers }: Naming, anomaly: Anomaly): AnomalyRow {
  const { service, purpose, officer, numbers, from, to, entries } = anomaly;
  return {
    service: toServiceName(register, service),
    purpose: toPurposeName(register, service, purpose),
    officer: officer === null ? null : toSpellingIn(officers.get(officer) ?? officer, register.language),
    numbers,
    from,
    to,
    entries: entries.map((index) => ({ index, url: `/audit/entries/${index}` })),
  };
}

export async function showAnomalies(needs: PageNeeds, ctx: Context): Promise<void> {
  const audit = await openAudit(needs, ctx);
  if (audit === undefined) {
    return;
  }
  const days = parseDays(ctx);
  const swept = await sweep(needs, audit, days);
  const naming = { register: await readRegister(needs.agencies, audit.language), officers: await readOfficers(needs, swept) };
  const page = renderAnomaliesPage(audit.frame, {
    periods: periods.map((each) => ({ days: each, url: `${path}?days=${each}`, isShown: each === days })),
    from: swept.from,
    to: swept.to,
    size: swept.size,
    rules: swept.findings.map(({ rule: { name, mustBeZero, limits }, anomalies }) => ({
      name,
      mustBeZero,
      limits,
      questionUrl: findQuestionUrl(name, swept),
      rows: anomalies.map((anomaly) => toRow(naming, anomaly)),
    })),
  });
  sendPage(ctx, page);
}
