// Staff, in English: the door of the desks, roles, and errors that only staff meet.

import { enOffice } from './en-office.ts';
import { enTraces } from './en-traces.ts';

const door = {
  'desk-staff': 'Staff',
  'desk-auditor': 'Audit',
  'desk-expert': 'Audit',
  'desk-operator': 'Operations',
  'desk-registrar': 'Registration counter',
  'desk-approver': 'Approvals',
  'desk-developer': 'Developers’ desk',
  'role-auditor': 'auditor',
  'role-operator': 'operator',
  'role-registrar': 'registration officer',
  'role-approver': 'approver',
  'role-developer': 'developer',
  'role-expert': 'court expert',
  'staff-name': '{$name}, {$role}',
  'list-comma': ', ',
  'staff-role': 'Role',
  'staff-opens': 'Opens',
  'staff-enrol-title': 'Create your staff passkey',
  'staff-enrol-lead': 'This passkey opens your desk and nothing else. It is apart from your own identity.',
  'staff-enrol-for': 'Account of',
  'staff-enrol-once': 'and once only. Ask whoever sent you this link for a new one.',
  'staff-enrol-own-device':
    'Create it on a device or security key that only you can unlock. Every sign-in, and everything done at the desk, goes into the log.',
  'staff-enrol-bring-title': 'Bring a security key of a certified model',
  'staff-enrol-bring':
    'This role needs a passkey that stays on one device, of a model that we can check. Every sign-in, and everything done at the desk, goes into the log.',
  'staff-enrol-bring-refused':
    'A passkey that is copied to your other devices is refused. This link stays good until you come with the right one.',
  'staff-enrolled-title': 'Your staff passkey is ready',
  'staff-enrolled-lead': 'You can now sign in at your desk with it.',
  'staff-lost': 'If you lose the device, tell the operator at once. The operator suspends this account and sends you a new link.',
  'staff-sign-in': 'Go to my desk',
  'staff-sign-in-title': 'Staff sign-in',
  'staff-sign-in-lead': 'Sign in at your desk with your staff passkey.',
  'staff-ask-person': 'Are you here for your own details?',
  'staff-say-person': 'The passkey of your own identity opens no desk. Your services and consents are elsewhere:',
  'staff-ask-none': 'No staff passkey?',
  'staff-say-none': 'The operator invites you with a link that works once.',
  'staff-ask-end': 'When are you signed out?',
  'staff-say-end': 'After 30 minutes without use, and after 8 hours in any case.',
  'staff-signed-out-title': 'You are signed out of your desk',
  'staff-signed-out-lead': 'This browser opens the desk only after a new sign-in.',
  'staff-sign-in-again': 'Sign in again',
  'staff-page-for': 'This page is for',
  'staff-your-role': 'Your role',
  'staff-you-may-open': 'You may open',
  'desk-lead': 'This role has no pages yet. Today its work is done with these commands.',
  'desk-work-verify': 'Verify that the whole log is intact',
  'desk-work-officers': 'List the staff',
  'desk-work-suspend': 'Suspend an account of staff, from the next request on',
  'desk-work-service': 'Suspend a service, from the next request on',
  'desk-work-show': 'Show an agency with its services and purposes as they are now',
  'desk-work-check': 'Check the file of an agency before it is submitted',
} as const;

const counter = {
  'kind-citizen': 'citizen',
  'kind-resident': 'resident',
  'kind-visitor': 'visitor',
  'kind-gcc': 'GCC national',
  'person-active': 'active',
  'person-suspended': 'suspended',
  'person-frozen': 'identity frozen',
  'person-deceased': 'deceased',
  'person-emigrated': 'left the country for good',
  'passkey-count': '.input {$count :integer} .match $count one {{{$count} passkey}} * {{{$count} passkeys}}',
  'counter-title': 'Enrol a person',
  'counter-lead': 'The person is in front of you, and you hold their original document.',
  'counter-find': '1. Find',
  'counter-number': 'Identity number',
  'counter-number-hint': 'Complete, as on the document',
  'counter-find-button': 'Find',
  'counter-nobody':
    'Nobody is registered under this number. It may be mistyped. The search is in the log under your account, without the number.',
  'counter-hand-over-text': 'The code is for the holder of the document alone. They type it on their own device, not on this one.',
  'counter-has-passkey': 'No code is made here, because this person has, or had, a passkey. If it is lost, two officers do a recovery.',
  'counter-not-active': 'No code is made, because the status of this person allows no sign-in.',
  'counter-logged': 'Each search, check and code is in the log under your account. The person sees theirs on their page.',
  'sheet-title': 'Your enrolment code for Huwiya',
  'sheet-lead': 'With this code you create a passkey on your own device.',
  'sheet-code': 'Code for the camera; it opens the enrolment page with the code written beside it',
  'sheet-once': 'and once only. A newer code ends this one.',
  'sheet-next': 'What to do now',
  'sheet-next-1': 'Point the camera of your phone at the square, or type the code on the page named above.',
  'sheet-next-2': 'Create your passkey with your fingerprint, face or screen lock.',
  'sheet-next-3': 'Give this sheet to nobody. Whoever uses the code before you signs in as you.',
  'sheet-only-now': 'The code is shown now and never again; we do not keep it. Print this page with the browser and hand it over.',
  'sheet-next-person': 'Next person',
} as const;

const errors = {
  'error-officer-link-title': 'This link no longer works',
  'error-officer-link-meaning': 'It was used before, it has expired, or there is a newer one. No passkey was created now.',
  'error-officer-link-next': 'Ask whoever sent it for a new link. If you have not used this one, tell the operator at once.',

  'error-officer-passkey-title': 'This passkey cannot open a desk',
  'error-officer-passkey-meaning':
    'It is copied to other devices, its maker does not vouch for it, or its model has a known weakness. No passkey was created, and your link still works.',
  'error-officer-passkey-next':
    'Open the link again with a certified security key, or with one that the operator gives you. A passkey that is copied to other devices will not do.',

  'error-officer-outdated-title': 'This passkey no longer confirms',
  'error-officer-outdated-meaning': 'It opens your desk, but nobody vouches that it stays on one device. Nothing has changed.',
  'error-officer-outdated-next': 'Ask the operator for a new invitation, and come to it with a certified security key.',
  'error-officer-refused-title': 'This passkey does not open the desk',
  'error-officer-refused-meaning': 'Only a valid staff passkey opens a desk. Nothing was shown or changed.',
  'error-officer-refused-next': 'Try again with your staff passkey. If it still does not work, ask the operator.',

  'error-officer-suspended-title': 'We stopped your staff account for safety',
  'error-officer-suspended-meaning':
    'Somebody else may hold a copy of your passkey. Your account and its sessions have ended. Nothing was carried out just now.',
  'error-officer-suspended-next': 'Tell the operator at once. You will receive a new invitation, and you need another security key for it.',

  'error-officer-signed-out-title': 'You are signed out of your desk',
  'error-officer-signed-out-meaning':
    '30 minutes passed without use, or 8 hours since you signed in, or your session was ended. What you sent now was not carried out.',
  'error-officer-signed-out-next': 'Sign in again with your staff passkey, then repeat your last step.',

  'error-person-enrolled-title': 'No code was made',
  'error-person-enrolled-meaning': 'This person has a passkey. A new code would be a recovery, and one officer alone cannot do that.',
  'error-person-enrolled-next': 'They sign in with their passkey. If it is lost, open a recovery: it needs two officers.',

  'error-officer-appointment-title': 'Your appointment has ended',
  'error-officer-appointment-meaning': 'An expert is appointed to one case, to a stated day. Nothing was shown or changed.',
  'error-officer-appointment-next': 'Turn to whoever asked for your appointment.',
  'error-officer-beyond-title': 'This page is beyond your appointment',
  'error-officer-beyond-meaning': 'An expert reads the pages, questions and entries of one case. Nothing was shown or changed.',
  'error-officer-beyond-next': 'Go back to the case.',
  'error-officer-role-title': 'This page is for another role',
  'error-officer-role-meaning': 'Your account does not open this page. Nothing of it was shown or changed.',
  'error-officer-role-next': 'If you have another role as well, sign in with the passkey of that role.',
} as const;

export const enStaff = { ...door, ...counter, ...enOffice, ...enTraces, ...errors } as const;
