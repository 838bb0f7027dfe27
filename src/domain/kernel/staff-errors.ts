// The rows of the catalogue that concern officers and their desks, in a file of their own for length alone; errors.ts holds the whole.

import { proofingErrors } from './proofing-errors.ts';

export const staffErrors = {
  ...proofingErrors,
  'officer/unknown': {
    status: 404,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-not-found',
    advice: 'No officer has this id. "huwiya officers list" shows who there is.',
  },
  'officer/enrolled': {
    status: 409,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-interaction-stale',
    advice:
      'An active officer of this name and role has a passkey. Suspend that account first when the passkey is lost, then invite again.',
  },
  'officer/invalid-link': {
    status: 410,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-officer-link',
    advice: 'The enrolment link of an officer is unknown, used, replaced or older than its life. Invite the officer again.',
  },
  'officer/passkey-unproven': {
    status: 403,
    oauth: 'access_denied',
    level: 'warn',
    text: 'error-officer-passkey',
    advice:
      'A registrar or approver (anybody with HUWIYA_STAFF_PASSKEYS=attested) tried to enrol a passkey that no metadata vouch for or that is copied to other devices, or somebody one of a revoked model. The link is still good: a security key of a certified model is needed. "huwiya mds show" lists the sources.',
  },
  'officer/passkey-outdated': {
    status: 403,
    oauth: 'access_denied',
    level: 'warn',
    text: 'error-officer-outdated',
    advice:
      'An officer confirmed an act with a passkey for which nobody vouches: a registrar or approver from before the metadata, or an auditor. Nothing was done. Nothing was done. Suspend the account and invite the officer again, with a security key of a certified model; "huwiya officers list" names them all.',
  },
  'officer/refused': {
    status: 400,
    oauth: 'access_denied',
    level: 'warn',
    text: 'error-officer-refused',
    advice:
      'A passkey opened no desk: unknown, wrong, or of a suspended officer. The page says the same to all; the log line names the step.',
  },
  'officer/suspended': {
    status: 403,
    oauth: 'access_denied',
    level: 'error',
    text: 'error-officer-suspended',
    advice:
      'The signature of an officer’s passkey was good, but its count of uses stood still or went back (a copy of the key), or it became another kind of key. The account was suspended with its sessions, and the log has the entry. Look at what was done in that name, then invite the officer again. "huwiya officers list" names them.',
  },
  'officer/signed-out': {
    status: 401,
    oauth: 'login_required',
    level: 'info',
    text: 'error-officer-signed-out',
    advice: 'The session of an officer ended: 30 minutes without use, 8 hours after sign-in, by signing out or by suspension.',
  },
  'officer/appointment-over': {
    status: 403,
    oauth: 'access_denied',
    level: 'info',
    text: 'error-officer-appointment',
    advice:
      'An expert came after the day to which they were appointed, or was never appointed. `huwiya officers invite --role expert` appoints.',
  },
  'officer/beyond-appointment': {
    status: 403,
    oauth: 'access_denied',
    level: 'warn',
    text: 'error-officer-beyond',
    advice: 'An expert opened a page outside of what they may read: the pages, questions and entries of one case.',
  },
  'officer/other-role': {
    status: 403,
    oauth: 'access_denied',
    level: 'info',
    text: 'error-officer-role',
    advice: 'An officer opened a page that belongs to another role. Roles are given by invitation and never change.',
  },
  'officer/unconfirmed': {
    status: 409,
    oauth: 'access_denied',
    level: 'info',
    text: 'error-officer-unconfirmed',
    advice:
      'An act at a desk came without the passkey of its officer: never pressed, pressed more than five minutes ago, used before, or for another person or other evidence. Nothing was done.',
  },
  'officer/many-freezes': {
    status: 409,
    oauth: 'access_denied',
    level: 'warn',
    text: 'error-officer-unconfirmed',
    advice:
      'One officer froze more identities within the hour than a press alone is for; this one waits for their passkey. Ask the officer: the entries person.frozen of that hour name them, and say whose identity it was.',
  },
  'officer/number-unknown': {
    status: 404,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-officer-number-unknown',
    advice: 'An officer typed a number that nobody has. The form came back with everything else that was typed.',
  },
  'officer/nothing-chosen': {
    status: 400,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-officer-nothing-chosen',
    advice: 'An officer sent a form of their desk without one of its answers. Nothing was done, and the form came back.',
  },
  'person/enrolled': {
    status: 409,
    oauth: 'invalid_request',
    level: 'warn',
    text: 'error-person-enrolled',
    advice:
      'A registration officer tried to hand a link to somebody who has a passkey. That would be a recovery, which one officer cannot do alone.',
  },
  'submission/unknown': {
    status: 404,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-submission-unknown',
    advice: 'No submission has this id.',
  },
  'submission/decided': {
    status: 409,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-submission-decided',
    advice: 'The submission was approved or declined before.',
  },
  'submission/stale': {
    status: 409,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-submission-stale',
    advice:
      'What the submission changes was changed since. Decline it, and apply the file again: it is compared with the register as it is now.',
  },
  'submission/conflicting': {
    status: 409,
    oauth: 'invalid_request',
    level: 'warn',
    text: 'error-submission-conflicting',
    advice:
      'A name, a sector, a host or a key of the submission meanwhile belongs to another agency or service. Decline it; applying the file again names the place.',
  },
  'submission/unproven': {
    status: 409,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-submission-unproven',
    advice:
      'A service of class fapi names a host that its agency has not proven. "huwiya agencies check" prints the line to publish; then run "huwiya agencies prove HOST". In a closed network name the host in HUWIYA_OUTBOUND_ALLOW. It goes on waiting.',
  },
  'submission/own': {
    status: 403,
    oauth: 'access_denied',
    level: 'warn',
    text: 'error-submission-own',
    advice: 'Whoever submitted something tried to decide it. Another approver has to.',
  },
  'submission/approved': {
    status: 409,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-submission-approved',
    advice: 'This approver agreed before. What takes a choice or a protection away needs a second one.',
  },
} as const;
