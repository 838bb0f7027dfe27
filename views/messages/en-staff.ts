// Staff, in English: the door of the desks, roles, and errors that only staff meet.

const door = {
  'desk-staff': 'Staff',
  'desk-auditor': 'Audit',
  'desk-operator': 'Operations',
  'desk-registrar': 'Registration counter',
  'desk-approver': 'Approval of purposes',
  'desk-developer': 'Developers’ desk',
  'role-auditor': 'auditor',
  'role-operator': 'operator',
  'role-registrar': 'registration officer',
  'role-approver': 'approver',
  'role-developer': 'developer',
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
  'desk-work-query': 'Search the log',
  'desk-work-verify': 'Verify that the whole log is intact',
  'desk-work-export': 'Take the log out, to verify it elsewhere',
  'desk-work-officers': 'List the staff',
  'desk-work-suspend': 'Suspend an account of staff, from the next request on',
  'desk-work-service': 'Suspend a service, from the next request on',
  'desk-work-invite': 'Make an enrolment link for a person',
  'desk-work-show': 'Show an agency with its services and purposes as they are now',
  'desk-work-check': 'Check the file of an agency before it is submitted',
} as const;

const errors = {
  'error-officer-link-title': 'This link no longer works',
  'error-officer-link-meaning': 'It was used before, it has expired, or there is a newer one. No passkey was created now.',
  'error-officer-link-next': 'Ask whoever sent it for a new link. If you have not used this one, tell the operator at once.',

  'error-officer-refused-title': 'This passkey does not open the desk',
  'error-officer-refused-meaning': 'Only a valid staff passkey opens a desk. Nothing was shown or changed.',
  'error-officer-refused-next': 'Try again with your staff passkey. If it still does not work, ask the operator.',

  'error-officer-signed-out-title': 'You are signed out of your desk',
  'error-officer-signed-out-meaning':
    '30 minutes passed without use, or 8 hours since you signed in, or your session was ended. What you sent now was not carried out.',
  'error-officer-signed-out-next': 'Sign in again with your staff passkey, then repeat your last step.',

  'error-officer-role-title': 'This page is for another role',
  'error-officer-role-meaning': 'Your account does not open this page. Nothing of it was shown or changed.',
  'error-officer-role-next': 'If you have another role as well, sign in with the passkey of that role.',
} as const;

export const enStaff = { ...door, ...errors } as const;
