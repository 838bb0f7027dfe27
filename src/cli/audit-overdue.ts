// `huwiya audit overdue`: which services owe an answer whose day has passed. Never about whom.

import type { Parts } from '../app.ts';
import { lookAtOverdueDuties } from '../domain/audit/overdue-duties.ts';
import type { OverdueDuty } from '../domain/audit/overdue-duties.ts';
import { dutyLines, toDutyCells } from '../web/audit/duty-lines.ts';
import type { ExitCode } from './context.ts';
import { operator, toViewNeeds } from './look.ts';
import { printTable } from './print.ts';
import { standardOut } from './with-parts.ts';

const heading = ['ID', 'AGENCY', 'SERVICE', 'PURPOSE', 'KIND', 'STATE', 'ATTRIBUTES', 'OPENED', 'ANSWER BY', 'DAYS OVER', 'TOLD'];

const pageSize = 500;

export async function runAuditOverdue(parts: Parts, { format }: { readonly format: 'table' | 'jsonl' | 'csv' }): Promise<ExitCode> {
  const needs = { ...toViewNeeds(parts), duties: parts.storage.duties };
  const found: OverdueDuty[] = [];
  for (let after: string | null | undefined; after !== null;) {
    const page = await lookAtOverdueDuties(needs, operator, { after: after ?? null, limit: pageSize, form: format });
    found.push(...page.duties);
    after = page.next;
  }
  if (format === 'table') {
    printTable(standardOut, [heading, ...found.map(toDutyCells)]);
  } else {
    const { head, toLines } = dutyLines[format];
    standardOut.write(`${head}${toLines(found)}`);
  }
  return 0;
}
