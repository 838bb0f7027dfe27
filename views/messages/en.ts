// English, the equal of the Arabic original and never its source: plain British English, level B1, at most 20 words a sentence.

import type { ar } from './ar.ts';
import { enAudit } from './en-audit.ts';
import { enAuditCases } from './en-audit-cases.ts';
import { enDesk } from './en-desk.ts';
import { enSaved } from './en-saved.ts';
import { enAnswers } from './en-answers.ts';
import { enQuestions } from './en-questions.ts';
import { enBreach } from './en-breach.ts';
import { enSuspensions } from './en-suspensions.ts';
import { enUnmask } from './en-unmask.ts';
import { enAccount } from './en-account.ts';
import { enCases } from './en-cases.ts';
import { enChanges } from './en-changes.ts';
import { enAnomalies } from './en-anomalies.ts';
import { enFigures } from './en-figures.ts';
import { enRegister } from './en-register.ts';
import { enRegistration } from './en-registration.ts';
import { enClasses, enReview } from './en-classes.ts';
import { enConfirm } from './en-confirm.ts';
import { enLevels } from './en-levels.ts';
import { enDetails } from './en-details.ts';
import { enDuties } from './en-duties.ts';
import { enErrors } from './en-errors.ts';
import { enExports } from './en-exports.ts';
import { enProofing } from './en-proofing.ts';
import { enPurpose } from './en-purpose.ts';
import { enReports } from './en-reports.ts';
import { enOwnPage } from './en-own-page.ts';
import { enProtection } from './en-protection.ts';
import { enReceipt } from './en-receipt.ts';
import { enSecurity } from './en-security.ts';
import { enRecovery } from './en-recovery.ts';
import { enShared } from './en-shared.ts';
import { enSharing } from './en-sharing.ts';
import { enGoOn } from './en-go-on.ts';
import { enSignOut } from './en-sign-out.ts';
import { enStaff } from './en-staff.ts';
import { enVerification } from './en-verification.ts';

const frame = {
  brand: 'Huwiya',
  'skip-to-content': 'Skip to content',
  'other-language': 'العربية',
  'footer-about': 'Huwiya is the sign-in for government services. Its right address is {#code}{$host}{/code}',
  'sign-out': 'Sign out',
  places: 'Parts of my page',
  'place-account': 'My page',
  'continue-as': 'Continuing as {#strong}{$name}{/strong}',
  'switch-person': 'Not me: sign in as someone else',
  'more-details': 'More details',
  'number-ending': 'identity number ending in {#code}{$digits}{/code}',
} as const;

const values = {
  show: 'Show',
  hide: 'Hide',
  'value-missing': 'Not on record',
  'value-withheld': 'Not shown on this device',
  'answer-yes': 'Yes',
  'answer-no': 'No',
  'answer-only': 'the answer only',
  'fact-source': 'From: {$source}',
  'fact-source-self': 'From: you',
  'fact-kept': 'Kept: {$duration}',
  'attribute-count': '.input {$count :integer} .match $count one {{{$count} detail}} * {{{$count} details}}',
  years: '.input {$count :integer} .match $count one {{{$count} year}} * {{{$count} years}}',
  months: '.input {$count :integer} .match $count one {{{$count} month}} * {{{$count} months}}',
  weeks: '.input {$count :integer} .match $count one {{{$count} week}} * {{{$count} weeks}}',
  days: '.input {$count :integer} .match $count one {{{$count} day}} * {{{$count} days}}',
  hours: '.input {$count :integer} .match $count one {{{$count} hour}} * {{{$count} hours}}',
  minutes: '.input {$count :integer} .match $count one {{{$count} minute}} * {{{$count} minutes}}',
  'less-than-a-minute': 'less than a minute',
} as const;

const home = {
  'home-title': 'One sign-in for government services',
  'home-heading-1': 'One sign-in for government services.',
  'home-heading-2': 'What you share is your decision.',
  'home-lead':
    'Sign in with a passkey kept on your own device. Each agency receives only what you were shown, for the purpose you were shown.',
  'home-enter': 'Go to my page',
  'home-how-passkey': 'How do I get a passkey?',
  'home-how': 'How Huwiya works',
  'home-step-1': 'Start at the agency’s service',
  'home-step-1-text': 'On the agency’s site, “Sign in with Huwiya” brings you here.',
  'home-step-2': 'Confirm it is you',
  'home-step-2-text': 'With your fingerprint, face or screen lock. No passwords, no codes by text message.',
  'home-step-3': 'Decide what to share',
  'home-step-3-text': 'You see what is asked, why, and for how long it is kept. Then you accept or refuse.',
  'home-promises': 'Promises you can check',
  'home-promise-1': 'Your fingerprint and face never leave your device.',
  'home-promise-2': 'We never call to ask for a code, and never send a link to sign in.',
  'home-promise-3': 'Each agency knows you by a different identifier, so records cannot be joined through us.',
  'home-promise-4': 'Every share goes into a log that shows any change to it. Each of your decisions has a receipt you can check.',
  'home-passkey-text':
    'You create it once, by a link from the registration office that checked your identity. Then your device opens it with your fingerprint, face or screen lock.',
} as const;

const passkeys = {
  'enrol-asker': 'Joining Huwiya',
  'enrol-title': 'Create your passkey',
  'enrol-heading': 'Welcome, {$name}. One step left: create your passkey',
  'enrol-lead': 'A passkey replaces a password. It is kept on your device and opens with your fingerprint, face or screen lock.',
  'enrol-for': 'The passkey is for',
  'enrol-link-until': 'This link works until',
  'enrol-link-once': 'and only once. The registration office can give you a new one.',
  'enrol-link-once-operator': 'and only once. Whoever gave it to you can ask for a new one.',
  'enrol-operator': 'The operator of Huwiya made this link. No registration office saw your document for it.',
  'enrol-operator-level':
    'The passkey reaches the level “substantial”. For a service that asks for “high”, go to a registration office with your document.',
  'enrol-own-device': 'Use your own device. Anyone who can unlock this device can sign in as you.',
  'create-passkey': 'Create a passkey',
  'create-elsewhere': 'To use a phone or a security key instead, choose it in the window your browser opens.',
  'enrol-ask-fingerprint': 'Where is my fingerprint kept?',
  'enrol-say-fingerprint':
    'On your device only. Neither a fingerprint nor a picture of your face reaches us; only the device’s confirmation does.',
  'enrol-ask-lost': 'What if I lose my device?',
  'enrol-say-lost':
    'Afterwards you can add a second passkey on another device. Without one, you come back after a waiting time, or at a registration office with your original document.',
  'enrol-ask-not-me': 'This is not my name',
  'enrol-say-not-me':
    'No passkey is made until you press the button. Close this page and tell whoever gave you the link, or a registration office.',
  'enrol-next': 'What will happen',
  'enrol-next-1': 'Your device asks for your fingerprint, face or screen lock.',
  'enrol-next-2': 'The passkey is saved on the device. We keep only its public half.',
  'enrol-next-3': 'You can then open your page and sign in to services.',
  'enrolled-title': 'Your passkey is ready',
  'enrolled-lead': 'You can now use it to open your page and to sign in to the services of agencies.',
  'enrolled-spare': 'On your page you can add a second passkey on another device. Then losing this device does not lock you out.',
  'enrolled-others': 'Your other passkeys still work. If you lost one of them, remove it under Security.',
  'enrolled-enter': 'Go to my page',
  'passkeys-title': 'Passkeys',
  'passkeys-add': 'Add a passkey',
  'passkeys-add-text': 'A second passkey on another device lets you in if you lose the first.',
  'passkey-unnamed-synced': 'Synced passkey',
  'passkey-unnamed-device-bound': 'Passkey on one device',
  'passkey-unnamed-security-key': 'Security key',
  'passkey-security-key': 'bound to the key itself',
  'passkey-synced': 'synced between your devices',
  'passkey-device-bound': 'bound to one device',
  'passkey-substantial': 'substantial level',
  'passkey-high': 'high level',
  'passkey-added-on': 'added on {#date /}',
  'passkey-used-on': 'last used {#date /}',
  'passkey-unused': 'not used yet',
  'needs-script': 'Passkeys need JavaScript, which is off in your browser. Everything else works without it.',
  'ceremony-working': 'Waiting for you to confirm on your device.',
  'ceremony-cancelled-sign-in': 'You are not signed in yet',
  'ceremony-cancelled-create': 'No passkey was created',
  'ceremony-cancelled-text': 'The window of your device was closed before you confirmed, or it timed out. You can try again.',
  'ceremony-unsupported': 'This browser cannot use passkeys',
  'ceremony-unsupported-text': 'Update the browser, or use another browser or device.',
  'ceremony-duplicate': 'This device already holds a passkey of yours',
  'ceremony-duplicate-text': 'Nothing was added. Put the second passkey on another device or on a security key.',
  'ceremony-failed': 'The request did not arrive',
  'ceremony-failed-text': 'Nothing has changed. Check your connection and try again.',
} as const;

const signIn = {
  'sign-in-title': 'Sign in to continue to {#whole}{$agency}{/whole}',
  'sign-in-lead': 'The agency receives nothing before you have seen what it asks for.',
  'sign-in-own-title': 'Sign in to your page',
  'sign-in-own-lead': 'It holds your services, consents, receipts and passkeys.',
  'use-passkey': 'Sign in with a passkey',
  'sign-in-again-title': 'Show your passkey once more',
  'sign-in-again-lead':
    'You are still signed in. For this step we ask for your passkey again, for your safety. Then you go on where you were.',
  'sign-in-field': 'Or a passkey saved on this device',
  'sign-in-field-hint': 'Touch the field and your browser lists your saved passkeys. There is nothing to type.',
  'sign-in-live': 'Signed in now: {#strong}{$name}{/strong}',
  'sign-in-live-text': 'Is this not you? Sign in with your own passkey. This sign-in then ends in this browser, for every service.',
  'sign-in-live-stay': 'Go back to your page without a change',
  'sign-in-leave': 'Back to the service without signing in',
  'sign-in-ask-none': 'No passkey yet?',
  'sign-in-say-none': 'You get one once, by a link from the registration office that checked your identity.',
  'sign-in-ask-missing': 'Your passkey does not appear?',
  'sign-in-say-missing': 'It may be on your phone or on a security key. The sign-in button lets you use either from here.',
  'sign-in-before': 'Before you go on',
  'sign-in-address': 'The address of this page begins with {#address}{$url}{/address}',
  'continue-title': 'Continue to {#whole}{$agency}{/whole}?',
  'continue-confirmed': 'last confirmed {#date /}',
  continue: 'Continue',
  'continue-switch': 'Sign in as someone else',
  'continue-standing-until': 'Nothing new is asked. Your consent for this service is valid until {#date /}.',
  'continue-standing': 'Nothing new is asked.',
  'continue-nothing': 'This service asks for none of your details. It learns that you signed in, and an identifier of its own.',
  'continue-receives': 'What the agency will receive now',
  'continue-ask-other': 'Not what you wanted?',
  'continue-leave': 'Back to the service without signing in',
} as const;

export const en: Readonly<Record<keyof typeof ar, string>> = {
  ...frame,
  ...values,
  ...home,
  ...passkeys,
  ...signIn,
  ...enSecurity,
  ...enShared,
  ...enSharing,
  ...enGoOn,
  ...enSignOut,
  ...enProofing,
  ...enPurpose,
  ...enProtection,
  ...enCases,
  ...enReceipt,
  ...enRecovery,
  ...enAccount,
  ...enDetails,
  ...enOwnPage,
  ...enReports,
  ...enChanges,
  ...enClasses,
  ...enReview,
  ...enAnomalies,
  ...enFigures,
  ...enRegister,
  ...enRegistration,
  ...enConfirm,
  ...enLevels,
  ...enStaff,
  ...enVerification,
  ...enAudit,
  ...enAuditCases,
  ...enDesk,
  ...enSaved,
  ...enQuestions,
  ...enAnswers,
  ...enBreach,
  ...enSuspensions,
  ...enUnmask,
  ...enDuties,
  ...enErrors,
  ...enExports,
};
