// One entry at the desk, and its proof as a file, inside a case or outside any. Each of the two is a look of its own.

import type { Context } from 'koa';
import { toEntryBody } from '../../domain/audit/entry-body.ts';
import type { EntryBody } from '../../domain/audit/entry-body.ts';
import { findEntryFile } from '../../domain/audit/entry-file.ts';
import { viewEntry } from '../../domain/audit/view-entry.ts';
import type { EntryView, ViewAsked } from '../../domain/audit/view-entry.ts';
import { Fault, getValue } from '../../domain/kernel/errors.ts';
import { toSpellingIn } from '../../domain/staff/spellings.ts';
import type { AuditEntryPage, ShownProof } from '../../../views/audit-model.ts';
import { renderAuditEntryPage } from '../../../views/audit-entry.ts';
import { redirectTo, sendPage } from '../frame.ts';
import { findKeyText } from '../ledger/find-key-text.ts';
import type { PageNeeds } from '../needs.ts';
import { findShownNotice } from '../shown-notice.ts';
import { toEntryRow, toEntryUrl } from './entry-rows.ts';
import { toLookNeeds } from './look-needs.ts';
import { openAudit } from './open-audit.ts';
import type { Audit } from './open-audit.ts';
import { openQuestions } from './questions/question-frame.ts';
import type { QuestionFrame } from './questions/question-frame.ts';
import { readRegister, toDetailName } from './register.ts';
import type { Register } from './register.ts';

function parseIndex(text: string): number {
  if (!/^(?:0|[1-9]\d{0,14})$/.test(text)) {
    throw new Fault('audit/entry-unknown', 'the address names no index');
  }
  return Number(text);
}

/** A number as somebody reads it off a page, separators included. */
export async function openEntry(needs: PageNeeds, ctx: Context): Promise<void> {
  const audit = await openAudit(needs, ctx);
  if (audit !== undefined) {
    const typed = new URLSearchParams(ctx.querystring).get('index') ?? '';
    redirectTo(ctx, toEntryUrl(parseIndex(typed.replaceAll(/[\s,٬]/g, ''))));
  }
}

async function view(needs: PageNeeds, { audit, standing }: QuestionFrame, asked: Omit<ViewAsked, 'inside'>): Promise<EntryView> {
  return getValue(await viewEntry(toLookNeeds(needs), audit.by, { ...asked, inside: standing.inside }));
}

const toFileName = (index: number): string => `huwiya-entry-${index}.json`;
const toFileText = (file: object): string => `${JSON.stringify(file, undefined, 2)}\n`;

async function findProof(needs: PageNeeds, { toEntryUrl: toUrl }: QuestionFrame, shown: EntryView): Promise<ShownProof> {
  const { entry, proof, checkpoint } = shown;
  const log = await findKeyText(needs, checkpoint?.size ?? 0);
  const file = findEntryFile(shown, log);
  if (file === undefined || proof === null || checkpoint === null) {
    return { state: entry.salt === null ? 'erased' : 'missing' };
  }
  return {
    state: 'proven',
    file: toFileText(file),
    fileName: toFileName(entry.index),
    url: `${toUrl(entry.index)}/proof.json`,
    size: proof.size,
    path: proof.path,
    signedAt: checkpoint.at,
    log,
  };
}

/** The body over lines, or as it is when it is damaged. */
function toLaidOut(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2);
  } catch {
    return body;
  }
}

function toDeclined(register: Register, { payload }: EntryBody): AuditEntryPage['declined'] {
  const declined = payload['declined'];
  const names = Array.isArray(declined) ? declined.filter((name) => typeof name === 'string') : [];
  return names.map((name) => toDetailName(register, name));
}

/** In the words of the very version that was shown, not of today's. */
async function toRow(needs: PageNeeds, register: Register, { entry }: EntryView): Promise<AuditEntryPage['row']> {
  const row = toEntryRow(register, entry);
  const { purposeVersion } = toEntryBody(entry.body);
  const version =
    entry.service === null || entry.purpose === null || purposeVersion === null
      ? undefined
      : await needs.agencies.findPurposeVersion(entry.service, entry.purpose, purposeVersion);
  return version === undefined ? row : { ...row, purpose: { name: version.text[register.language], code: version.id } };
}

/** Whoever works at a desk stands by name to what was done there. */
async function toActor(needs: PageNeeds, { language }: Audit, { actor }: EntryBody): Promise<AuditEntryPage['actor']> {
  const officer = actor.kind === 'officer' && actor.ref !== null ? await needs.staff.findOfficer(actor.ref) : undefined;
  return { ...actor, name: officer === undefined ? null : toSpellingIn(officer.name, language) };
}

const toConsent = ({ questionsUrl }: QuestionFrame, { record }: EntryBody): AuditEntryPage['consent'] =>
  record === null
    ? null
    : { id: record, proofUrl: `${questionsUrl}/prove-consent?${new URLSearchParams({ ask: '1', record }).toString()}` };

function toPseudonym({ questionsUrl }: QuestionFrame, { pseudonym }: EntryView): AuditEntryPage['pseudonym'] {
  const query = new URLSearchParams({ ask: '1', person: pseudonym ?? '' });
  return pseudonym === null ? null : { text: pseudonym, url: `${questionsUrl}/shared-about-person?${query.toString()}` };
}

export async function showEntry(needs: PageNeeds, ctx: Context, index: string): Promise<void> {
  const open = await openQuestions(needs, ctx);
  if (open === undefined) {
    return;
  }
  const { audit, inCase, toEntryUrl: toUrl } = open;
  const shown = await view(needs, open, { index: parseIndex(index), form: 'page' });
  const register = await readRegister(needs.agencies, audit.language);
  const body = toEntryBody(shown.entry.body);
  const page = renderAuditEntryPage(audit.frame, {
    row: await toRow(needs, register, shown),
    id: shown.entry.id,
    actor: await toActor(needs, audit, body),
    purposeVersion: body.purposeVersion,
    declined: toDeclined(register, body),
    reason: body.reason,
    inCase,
    person: shown.person,
    pseudonym: toPseudonym(open, shown),
    consent: toConsent(open, body),
    decisions: shown.decisions.map(({ index: at, type, at: moment }) => ({ index: at, type, at: moment, url: toUrl(at) })),
    payload: body.payload,
    notice: await findShownNotice(needs.consents, body.payload['notice_sha256']),
    body: toLaidOut(shown.entry.body),
    proof: await findProof(needs, open, shown),
    entriesUrl: inCase === null ? '/audit/entries' : open.entriesUrl,
  });
  sendPage(ctx, page);
}

export async function downloadProof(needs: PageNeeds, ctx: Context, index: string): Promise<void> {
  const open = await openQuestions(needs, ctx);
  if (open === undefined) {
    return;
  }
  const shown = await view(needs, open, { index: parseIndex(index), form: 'proof-file' });
  const file = findEntryFile(shown, await findKeyText(needs, shown.checkpoint?.size ?? 0));
  if (file === undefined) {
    throw new Fault('ledger/broken', 'the log cannot prove this entry');
  }
  ctx.type = 'application/json; charset=utf-8';
  ctx.set('Content-Disposition', `attachment; filename="${toFileName(shown.entry.index)}"`);
  ctx.body = toFileText(file);
}
