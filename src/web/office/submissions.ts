// The approver's desk: what waits, each change in words, and the decision. Who submitted something never decides it.

import type { Context } from 'koa';
import { Fault, errorCatalogue } from '../../domain/kernel/errors.ts';
import { readStateOf } from '../../domain/agencies/apply-agencies.ts';
import { decideSubmission, findRefusal } from '../../domain/agencies/decide-submission.ts';
import { findHindrance } from '../../domain/agencies/find-hindrance.ts';
import { lookAtSubmission } from '../../domain/agencies/look-at-submission.ts';
import type { SubmissionLook } from '../../domain/agencies/look-at-submission.ts';
import type { Submission } from '../../domain/agencies/submission.ts';
import { recordAtOnce } from '../../oidc/record-event.ts';
import { renderSubmissionConfirmPage } from '../../../views/submission-confirm.ts';
import { renderSubmissionPage } from '../../../views/submission.ts';
import type { SubmissionPage } from '../../../views/submission-model.ts';
import { renderSubmissionsPage } from '../../../views/submissions.ts';
import { findField } from '../body.ts';
import { redirectTo, sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { takeConfirmation, toAbout, toConfirming } from '../staff/confirm-act.ts';
import { getStaffForm, openStaff } from '../staff/open-staff.ts';
import type { Staff } from '../staff/open-staff.ts';
import { toShownChange } from './describe-change.ts';

const roles = ['approver'] as const;
const longestReason = 500;
const justDecidedNames = ['first', 'approved', 'declined'] as const;

type ToNames = (submission: Submission) => readonly string[];

/** The agencies that a submission concerns, as it names them. */
async function createAgencyNames({ agencies }: PageNeeds, language: Staff['language']): Promise<ToNames> {
  const known = await agencies.listAgencies();
  return ({ content }) => {
    const toName = (id: string): string => [...content.agencies, ...known].find((agency) => agency.id === id)?.name[language] ?? id;
    return [...new Set(content.changes.map(({ agencyId }) => agencyId))].map(toName);
  };
}

export async function showSubmissions(needs: PageNeeds, ctx: Context, { frame, language }: Staff): Promise<void> {
  const [waiting, toNames] = await Promise.all([needs.agencies.listWaiting(), createAgencyNames(needs, language)]);
  const rows = waiting.map((submission) => ({
    url: `/office/submissions/${submission.id}`,
    agencyNames: toNames(submission),
    changeCount: submission.content.changes.length,
    submittedAt: submission.submittedAt,
    review: submission.review,
    isHalfApproved: submission.approvals.length > 0,
  }));
  const justDecided = justDecidedNames.find((name) => name === ctx.query['decided']) ?? null;
  sendPage(ctx, renderSubmissionsPage(frame, { waiting: rows, justDecided }));
}

export async function getWaiting(needs: PageNeeds, id: string): Promise<Submission> {
  const submission = await needs.agencies.findSubmission(id);
  if (submission === undefined) {
    throw new Fault('submission/unknown', 'no such submission');
  }
  if (submission.state !== 'waiting') {
    throw new Fault('submission/decided', submission.id);
  }
  return submission;
}

type Shown = { readonly staff: Staff; readonly submission: Submission; readonly lacksReason: boolean };

/** The services of which something changes. */
function toTouched({ content }: Submission): readonly string[] {
  return content.changes.flatMap(({ clientId }) => (clientId === null ? [] : [clientId]));
}

async function toShownApprovals(needs: PageNeeds, { approvals }: Submission): Promise<SubmissionPage['approvals']> {
  return Promise.all(
    approvals.map(async ({ officerId, approvedAt, reason }) => {
      const officer = await needs.staff.findOfficer(officerId);
      return { name: officer?.name ?? officerId, at: approvedAt, reason };
    }),
  );
}

export async function recordLook(needs: PageNeeds, look: SubmissionLook): Promise<void> {
  const { clock, random } = needs;
  await lookAtSubmission({ clock, random, record: (event) => recordAtOnce(needs, event) }, look);
}

async function sendSubmission(needs: PageNeeds, ctx: Context, { staff, submission, lacksReason }: Shown): Promise<void> {
  const { agencies } = needs;
  const registered = await readStateOf(agencies, toTouched(submission));
  const url = `/office/submissions/${submission.id}`;
  const proofs = await agencies.listProofs();
  const reading = { content: submission.content, registered, proofs, texts: staff.frame.texts, url };
  const page = renderSubmissionPage(staff.frame, {
    id: submission.id,
    listUrl: '/office',
    submittedAt: submission.submittedAt,
    review: submission.review,
    approvals: await toShownApprovals(needs, submission),
    isApprovedByReader: submission.approvals.some(({ officerId }) => officerId === staff.officer.id),
    changes: submission.content.changes.map((change) => toShownChange(change, reading)),
    hindrance: findHindrance(submission, registered, { ...needs.hostRules, proofs }) ?? null,
    lacksReason,
    form: { action: url, token: staff.token },
  });
  await recordLook(needs, { id: submission.id, officerId: staff.officer.id, shown: { part: 'changes' } });
  sendPage(ctx, page, lacksReason ? 400 : 200);
}

export async function showSubmission(needs: PageNeeds, ctx: Context, id: string): Promise<void> {
  const staff = await openStaff(needs, ctx, { roles });
  if (staff !== undefined) {
    await sendSubmission(needs, ctx, { staff, submission: await getWaiting(needs, id), lacksReason: false });
  }
}

function toReason(text: string | undefined): string {
  const visible = (text ?? '').normalize('NFC').replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ');
  return Array.from(visible.trim()).slice(0, longestReason).join('');
}

const outcomes = { effective: 'approved', approved: 'first', declined: 'declined' } as const;

type Word = { readonly decision: 'approve' | 'decline'; readonly reason: string };

type Confirming = Word & { readonly staff: Staff; readonly form: URLSearchParams; readonly submission: Submission };

/** A submission never changes: its id, the word and the reason are all that is confirmed. Undefined where the page that asks for the passkey was sent. */
async function findConfirmed(needs: PageNeeds, ctx: Context, confirming: Confirming): Promise<string | undefined> {
  const { staff, form, submission, decision, reason } = confirming;
  const about = toAbout(needs, staff, ['submission', submission.id, decision, reason]);
  const isUnconfirmed = form.has('confirmation');
  const passkeyId = isUnconfirmed ? await takeConfirmation(needs, about, form) : undefined;
  if (passkeyId !== undefined) {
    return passkeyId;
  }
  const page = renderSubmissionConfirmPage(staff.frame, {
    decision,
    agencyNames: (await createAgencyNames(needs, staff.language))(submission),
    changeCount: submission.content.changes.length,
    reason,
    carried: [
      ['decision', decision],
      ['reason', reason],
    ],
    form: { action: `/office/submissions/${submission.id}`, token: staff.token },
    ceremony: toConfirming(needs, staff, about),
    isUnconfirmed,
  });
  sendPage(ctx, page, isUnconfirmed ? errorCatalogue['officer/unconfirmed'].status : 200);
  return undefined;
}

export async function submitSubmissionDecision(needs: PageNeeds, ctx: Context, id: string): Promise<void> {
  const { staff, form } = await getStaffForm(needs, ctx, { roles });
  const pressed = findField(form, 'decision');
  const decision = (['approve', 'decline'] as const).find((known) => known === pressed);
  const reason = toReason(findField(form, 'reason'));
  if (decision === undefined) {
    throw new Fault('request/invalid', 'no such decision');
  }
  const submission = await getWaiting(needs, id);
  if (decision === 'decline' && reason === '') {
    await sendSubmission(needs, ctx, { staff, submission, lacksReason: true });
    return;
  }
  const refusal = findRefusal(submission, { officerId: staff.officer.id, decision });
  if (refusal !== undefined) {
    throw new Fault(refusal, submission.id);
  }
  if ((await findConfirmed(needs, ctx, { staff, form, submission, decision, reason })) === undefined) {
    return;
  }
  const decided = await decideSubmission(needs, { id, officerId: staff.officer.id, decision, reason });
  if (!decided.ok) {
    throw new Fault(decided.code, decided.detail);
  }
  redirectTo(ctx, `/office?decided=${outcomes[decided.value.outcome]}`);
}
