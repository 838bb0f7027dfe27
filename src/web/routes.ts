// Every address of our own, in one table: path, method, what answers it.

import { Router } from '@koa/router';
import type { RouterContext } from '@koa/router';
import type { Context, Next } from 'koa';
import { showClose, showClosed, submitClose } from './account/close-account.ts';
import { downloadEverything, showTake } from './account/download-everything.ts';
import { showCode, showContact, submitCode, submitContact, submitResend } from './account/contact.ts';
import { downloadReceipt } from './account/download-receipt.ts';
import { returnToAccount, switchPerson } from './account/open-account.ts';
import {
  beginLevelPasskey,
  beginRaiseStep,
  finishLevelPasskey,
  finishRaiseStep,
  showLevel,
  showLevelCode,
  submitLevelCode,
} from './account/level.ts';
import { beginPasskey, finishPasskey, showPasskeys } from './account/passkeys.ts';
import { showPasskeyRemoval, submitPasskeyRemoval } from './account/remove-passkey.ts';
import { showPasskeyName, submitPasskeyName } from './account/rename-passkey.ts';
import { showSignIns } from './account/sign-ins.ts';
import { showPreferredName, submitPreferredName } from './account/preferred-name.ts';
import { showAccount } from './account/show-account.ts';
import { showActivityEntry } from './account/show-activity-entry.ts';
import { showActivity } from './account/show-activity.ts';
import { showDetails, submitLanguage } from './account/show-details.ts';
import { showAttribute, showAttributes } from './account/show-attributes.ts';
import { showFreeze, showFreezeCode, submitFreeze, submitFreezeCode } from './account/freeze.ts';
import { showNotices } from './account/security-notices.ts';
import { showSecurity } from './account/show-security.ts';
import { showReceipt } from './account/show-receipt.ts';
import { showReceipts } from './account/show-receipts.ts';
import { showService } from './account/show-service.ts';
import { showReport, showReports, submitReport } from './account/reports.ts';
import { submitErase } from './account/submit-erase.ts';
import { submitEndOthers, submitEndSession, submitEndSessions } from './account/submit-end-session.ts';
import { showSignedOut, submitSignOut } from './account/submit-sign-out.ts';
import { showChanged, submitNarrow, submitPause, submitResume, submitWithdraw } from './account/submit-change.ts';
import { agencyApiRoutes } from './agency-api/routes.ts';
import { auditApiRoutes } from './audit-api/routes.ts';
import { showEnrolCode, submitEnrolCode } from './enrol/enrol-code.ts';
import { submitStatement } from './proofing.ts';
import { beginEnrol, finishEnrol, showEnrol } from './enrol/enrol.ts';
import { beginSpare, finishSpare, showEnrolled, skipSpare } from './enrol/spare.ts';
import { auditRoutes } from './audit/routes.ts';
import { repeatByGet } from './repeat-by-get.ts';
import { publicRoutes } from './services/routes.ts';
import { showHome } from './home/show-home.ts';
import { beginConfirmationStep, finishConfirmationStep } from './interactions/confirm-decision.ts';
import { dispatch } from './interactions/dispatch.ts';
import { showConfirmation } from './interactions/show-confirmation.ts';
import { submitDecision } from './interactions/submit-decision.ts';
import { beginSignInStep, finishSignInStep } from './interactions/submit-sign-in.ts';
import { beginStepUpStep, finishStepUpStep } from './interactions/submit-step-up.ts';
import { serveCheckpoint, serveReceiptKeys, serveTile, serveWitnessedCheckpoint } from './ledger/serve-ledger.ts';
import { serveLogKey, serveLogKeys } from './ledger/serve-log-keys.ts';
import { serveVerifier } from './ledger/serve-verifier.ts';
import { serveNotice } from './ledger/serve-notice.ts';
import type { PageNeeds } from './needs.ts';
import { changesShown } from '../../views/account-model.ts';
import { returnToOffice, submitEvidence, submitFind, submitHandOver, submitLevelEvidence, submitLevelHandOver } from './office/counter.ts';
import { showBegunRecovery, showRecoveries, submitApproveRecovery, submitOpenRecovery, submitRefuseRecovery } from './office/recoveries.ts';
import { showAuditCode, submitAuditCode } from './office/audit-codes.ts';
import { showCase, showCases, submitCaseStep } from './office/cases.ts';
import { showOfficeFreeze, submitOfficeFind, submitOfficeFreeze } from './office/freeze.ts';
import { submitOfficeLift } from './office/lift-freeze.ts';
import { showOffice } from './office/show-office.ts';
import { showSubmissionPreview } from './office/show-preview.ts';
import { showSubmission, submitSubmissionDecision } from './office/submissions.ts';
import { openTrace, showTrace } from './office/traces.ts';
import { beginBindingStep, finishBindingStep, showBinding, showRecovered } from './recover/bind-passkey.ts';
import { showCancelRecovery, showOwnCancel, showRecoveryCancelled, submitCancelRecovery, submitOwnCancel } from './recover/cancel.ts';
import { showRecoveryCode, showRecoveryNumber, submitRecoveryCode, submitRecoveryNumber } from './recover/give-code.ts';
import { showRecover, showRecoveryCounter, showRecoveryWays } from './recover/show-recover.ts';
import { beginConfirmedAct, finishConfirmedAct } from './staff/confirm-act.ts';
import { beginStaffEnrol, finishStaffEnrol, showStaffEnrol, showStaffEnrolled } from './staff/enrol.ts';
import { beginStaffSignIn, finishStaffSignIn } from './staff/sign-in.ts';
import { showStaffSignedOut, submitStaffSignOut } from './staff/sign-out.ts';
import { showFreezeByCode, showFrozen, submitFreezeByCode } from './protection/freeze-by-code.ts';
import { showNotMe, submitNotMe } from './protection/not-me.ts';
import {
  beginUnfreezeStep,
  finishUnfreezeStep,
  showUnfreeze,
  showUnfreezeCounter,
  showUnfreezeOrdered,
  showUnfreezeWaits,
  submitUnfreezeStop,
} from './protection/unfreeze.ts';
import { submitFinish } from './shared-computer.ts';
import { showVerify } from './verify/show-verify.ts';

type Answer = (needs: PageNeeds, ctx: Context, parameter: string) => Promise<void>;
type Route = readonly [method: 'get' | 'post', path: string, answer: Answer, parameter?: string];

const routes: readonly Route[] = [
  ['get', '/', showHome],
  ...publicRoutes,
  ['post', '/auth', repeatByGet],
  ['post', '/session/end', repeatByGet],
  ['post', '/proofing/statements', submitStatement],
  ['get', '/enrol', showEnrolCode],
  ['post', '/enrol', submitEnrolCode],
  ['get', '/enrol/done', showEnrolled],
  ['post', '/enrol/spare/options', beginSpare],
  ['post', '/enrol/spare/verify', finishSpare],
  ['post', '/enrol/spare/skip', skipSpare],
  ['get', '/enrol/:token', showEnrol, 'token'],
  ['post', '/enrol/:token/options', beginEnrol, 'token'],
  ['post', '/enrol/:token/verify', finishEnrol, 'token'],
  ['get', '/recover', showRecover],
  ['get', '/recover/ways', showRecoveryWays],
  ['get', '/recover/counter', showRecoveryCounter],
  ['get', '/recover/number', showRecoveryNumber],
  ['post', '/recover/number', submitRecoveryNumber],
  ['get', '/recover/code', showRecoveryCode],
  ['post', '/recover/code', submitRecoveryCode],
  ['get', '/recover/passkey/:code', showBinding, 'code'],
  ['post', '/recover/passkey/:code/options', beginBindingStep, 'code'],
  ['post', '/recover/passkey/:code/verify', finishBindingStep, 'code'],
  ['get', '/recover/done', showRecovered],
  ['get', '/recover/cancel/:token', showCancelRecovery, 'token'],
  ['post', '/recover/cancel/:token', submitCancelRecovery, 'token'],
  ['get', '/recover/cancelled', showRecoveryCancelled],
  ['get', '/account/recoveries/:recovery/cancel', showOwnCancel, 'recovery'],
  ['post', '/account/recoveries/:recovery/cancel', submitOwnCancel, 'recovery'],
  ['get', '/interaction/:uid', dispatch, 'uid'],
  ['post', '/interaction/:uid/sign-in/options', beginSignInStep, 'uid'],
  ['post', '/interaction/:uid/sign-in/verify', finishSignInStep, 'uid'],
  ['post', '/interaction/:uid/step-up/options', beginStepUpStep, 'uid'],
  ['post', '/interaction/:uid/step-up/verify', finishStepUpStep, 'uid'],
  ['post', '/interaction/:uid/decision', submitDecision, 'uid'],
  ['get', '/interaction/:uid/confirm', showConfirmation, 'uid'],
  ['post', '/interaction/:uid/confirm/options', beginConfirmationStep, 'uid'],
  ['post', '/interaction/:uid/confirm/verify', finishConfirmationStep, 'uid'],
  ['get', '/account', showAccount],
  ['get', '/account/return', returnToAccount],
  ['get', '/account/switch', switchPerson],
  ['get', '/account/activity', showActivity],
  ['get', '/account/activity/:entry', showActivityEntry, 'entry'],
  ['get', '/account/attributes', showAttributes],
  ['get', '/account/attributes/:attribute', showAttribute, 'attribute'],
  ['get', '/account/services/:client', showService, 'client'],
  ['post', '/account/consents/:consent/withdraw', submitWithdraw, 'consent'],
  ['post', '/account/consents/:consent/erase', submitErase, 'consent'],
  ['post', '/account/consents/:consent/pause', submitPause, 'consent'],
  ['post', '/account/consents/:consent/resume', submitResume, 'consent'],
  ['post', '/account/consents/:consent/narrow', submitNarrow, 'consent'],
  ...changesShown.map((change): Route => ['get', `/account/consents/:consent/${change}`, showChanged, 'consent']),
  ['get', '/account/report', showReport],
  ['get', '/account/reports', showReports],
  ['post', '/account/reports', submitReport],
  ['get', '/account/close', showClose],
  ['post', '/account/close', submitClose],
  ['get', '/account/closed', showClosed],
  ['get', '/account/take', showTake],
  ['get', '/account/take.json', downloadEverything],
  ['get', '/account/receipts', showReceipts],
  ['get', '/account/receipts/:receipt.json', downloadReceipt, 'receipt'],
  ['get', '/account/receipts/:receipt', showReceipt, 'receipt'],
  ['get', '/account/details', showDetails],
  ['post', '/account/details/language', submitLanguage],
  ['get', '/account/details/name', showPreferredName],
  ['post', '/account/details/name', submitPreferredName],
  ['get', '/account/details/:channel', showContact, 'channel'],
  ['post', '/account/details/:channel', submitContact, 'channel'],
  ['get', '/account/details/:channel/code', showCode, 'channel'],
  ['post', '/account/details/:channel/code', submitCode, 'channel'],
  ['post', '/account/details/:channel/resend', submitResend, 'channel'],
  ['get', '/account/security', showSecurity],
  ['get', '/account/notices', showNotices],
  ['get', '/account/freeze', showFreeze],
  ['post', '/account/freeze', submitFreeze],
  ['get', '/account/freeze/code', showFreezeCode],
  ['post', '/account/freeze/code', submitFreezeCode],
  ['post', '/account/sessions/:session/end', submitEndSession, 'session'],
  ['post', '/account/sessions/end', submitEndSessions],
  ['post', '/account/sessions/end-others', submitEndOthers],
  ['get', '/account/sign-ins', showSignIns],
  ['get', '/account/passkeys', showPasskeys],
  ['post', '/account/passkeys/options', beginPasskey],
  ['post', '/account/passkeys/verify', finishPasskey],
  ['get', '/account/level', showLevelCode],
  ['post', '/account/level', submitLevelCode],
  ['get', '/account/level/:code', showLevel, 'code'],
  ['post', '/account/level/:code/options', beginLevelPasskey, 'code'],
  ['post', '/account/level/:code/verify', finishLevelPasskey, 'code'],
  ['post', '/account/level/:code/raise/options', beginRaiseStep, 'code'],
  ['post', '/account/level/:code/raise/verify', finishRaiseStep, 'code'],
  ['get', '/account/passkeys/:passkey/name', showPasskeyName, 'passkey'],
  ['post', '/account/passkeys/:passkey/name', submitPasskeyName, 'passkey'],
  ['get', '/account/passkeys/:passkey/remove', showPasskeyRemoval, 'passkey'],
  ['post', '/account/passkeys/:passkey/remove', submitPasskeyRemoval, 'passkey'],
  ['post', '/account/sign-out', submitSignOut],
  ['get', '/not-me/:token', showNotMe, 'token'],
  ['post', '/not-me/:token', submitNotMe, 'token'],
  ['get', '/freeze', showFreezeByCode],
  ['post', '/freeze', submitFreezeByCode],
  ['get', '/frozen', showFrozen],
  ['get', '/unfreeze', showUnfreeze],
  ['post', '/unfreeze/options', beginUnfreezeStep],
  ['post', '/unfreeze/verify', finishUnfreezeStep],
  ['get', '/unfreeze/waits', showUnfreezeWaits],
  ['post', '/unfreeze/stop', submitUnfreezeStop],
  ['get', '/unfreeze/counter', showUnfreezeCounter],
  ['get', '/unfreeze/ordered', showUnfreezeOrdered],
  ['post', '/finish', submitFinish],
  ['get', '/signed-out', showSignedOut],
  ['get', '/staff/enrol/:token', showStaffEnrol, 'token'],
  ['post', '/staff/enrol/:token/options', beginStaffEnrol, 'token'],
  ['post', '/staff/enrol/:token/verify', finishStaffEnrol, 'token'],
  ['get', '/staff/enrolled/:desk', showStaffEnrolled, 'desk'],
  ['post', '/staff/sign-in/options', beginStaffSignIn],
  ['post', '/staff/sign-in/verify', finishStaffSignIn],
  ['post', '/staff/confirm/:about/options', beginConfirmedAct, 'about'],
  ['post', '/staff/confirm/:about/verify', finishConfirmedAct, 'about'],
  ['post', '/staff/sign-out', submitStaffSignOut],
  ['get', '/staff/signed-out/:desk', showStaffSignedOut, 'desk'],
  ...auditRoutes,
  ['get', '/office', showOffice],
  ['get', '/office/submissions/:submission', showSubmission, 'submission'],
  ['get', '/office/submissions/:submission/preview', showSubmissionPreview, 'submission'],
  ['post', '/office/submissions/:submission', submitSubmissionDecision, 'submission'],
  ['get', '/office/audit-codes', showAuditCode],
  ['post', '/office/audit-codes', submitAuditCode],
  ['get', '/office/cases', showCases],
  ['get', '/office/cases/:case', showCase, 'case'],
  ['post', '/office/cases/:case', submitCaseStep, 'case'],
  ['get', '/office/freeze', showOfficeFreeze],
  ['post', '/office/freeze', submitOfficeFind],
  ['get', '/office/freeze/close', returnToOffice],
  ['post', '/office/freeze/close', submitOfficeFreeze],
  ['get', '/office/freeze/lift', returnToOffice],
  ['post', '/office/freeze/lift', submitOfficeLift],
  ['get', '/office/people', returnToOffice],
  ['post', '/office/people', submitFind],
  ['get', '/office/people/evidence', returnToOffice],
  ['post', '/office/people/evidence', submitEvidence],
  ['get', '/office/people/hand-over', returnToOffice],
  ['post', '/office/people/hand-over', submitHandOver],
  ['get', '/office/people/level', returnToOffice],
  ['post', '/office/people/level', submitLevelEvidence],
  ['get', '/office/people/level/hand-over', returnToOffice],
  ['post', '/office/people/level/hand-over', submitLevelHandOver],
  ['get', '/office/recoveries', showRecoveries],
  ['post', '/office/recoveries', submitOpenRecovery],
  ['get', '/office/recoveries/:recovery', showBegunRecovery, 'recovery'],
  ['get', '/office/recoveries/:recovery/approve', showBegunRecovery, 'recovery'],
  ['post', '/office/recoveries/:recovery/approve', submitApproveRecovery, 'recovery'],
  ['post', '/office/recoveries/:recovery/refuse', submitRefuseRecovery, 'recovery'],
  ['get', '/office/requests', openTrace],
  ['get', '/office/requests/:request', showTrace, 'request'],
  ['get', '/verify', showVerify],
  ...auditApiRoutes,
  ...agencyApiRoutes,
  ['get', '/ledger/checkpoint', serveCheckpoint],
  ['get', '/ledger/witnessed-checkpoint', serveWitnessedCheckpoint],
  ['get', '/ledger/tile/*path', serveTile, 'path'],
  ['get', '/ledger/key', serveLogKey],
  ['get', '/ledger/keys', serveLogKeys],
  ['get', '/ledger/receipt-keys', serveReceiptKeys],
  ['get', '/ledger/huwiya-verify.mjs', serveVerifier],
  ['get', '/notices/:digest', serveNotice, 'digest'],
];

const toFolder = (path: string): string => path.split('/', 2)[1] ?? '';

/** The first segment of a path and the routes behind it: a path is held against those alone, and one of the engine's against none or few. */
const folders: ReadonlyMap<string, readonly Route[]> = Map.groupBy(routes, ([, path]) => toFolder(path));

/** Method and path of every address, as the router has them. */
export function listRoutes(): readonly (readonly [method: string, path: string])[] {
  return routes.map(([method, path]) => [method, path]);
}

function createFolderRouter(needs: PageNeeds, own: readonly Route[]): ReturnType<Router['routes']> {
  // As strict about letters as every rule that looks at an address.
  const router = new Router({ sensitive: true });
  for (const [method, path, answer, parameter] of own) {
    router[method](path, async (ctx) => answer(needs, ctx, parameter === undefined ? '' : String(ctx.params[parameter] ?? '')));
  }
  return router.routes();
}

/** Goes on where no route matches. */
export function createRouter(needs: PageNeeds): (ctx: RouterContext, next: Next) => Promise<void> {
  const routers = new Map([...folders].map(([folder, own]) => [folder, createFolderRouter(needs, own)]));
  return async (ctx, next) => {
    const answer = routers.get(toFolder(ctx.path));
    await (answer === undefined ? next() : answer(ctx, next));
  };
}
