// The place "security" in English: passkeys, sessions, the history of sign-ins, and the second passkey right after enrolment.

const passkeys = {
  'passkey-here': 'you signed in with this',
  'passkey-rename': 'Name',
  'passkey-remove-link': 'Remove',
  'passkeys-full': 'You have 50 passkeys, the most there can be. To add one, remove one that you no longer use.',
  'passkey-name-title': 'Name this passkey',
  'passkey-name-lead': 'A name helps you tell it from the others. Only you see it.',
  'passkey-name-label': 'Name',
  'passkey-name-hint': 'For example, work phone. Leave it empty to go back to the usual name.',
  'passkey-name-wrong': 'Use letters and numbers, at most 40.',
  'passkey-name-keep': 'Leave the name as it is',
  'security-passkey-renamed': 'The name is saved.',
  'security-passkey-removed':
    'The passkey was removed, and the sessions that began with it have ended. You can now delete it from its device too.',
  'passkey-remove-title': 'Remove this passkey?',
  'passkey-remove-what': 'What happens',
  'passkey-remove-end': 'This passkey no longer opens your identity. You cannot undo this.',
  'passkey-remove-sessions': `.input {$count :integer}
.match $count
one {{1 session open on another device ends, because it began with this passkey.}}
* {{{$count} sessions open on other devices end, because they began with this passkey.}}`,
  'passkey-remove-offline':
    'Services that you entered with this passkey can no longer ask for your details while you are away. That lasts until you sign in to them again.',
  'passkey-remove-device': 'It may stay saved on its device or in a password manager. It does no harm there, and you can delete it.',
  'passkey-remove-stays': 'Your other passkeys and your consents stay as they are.',
  'passkey-remove-here': 'You signed in with this passkey, so you will be signed out here. To come back, use another of your passkeys.',
  'passkey-remove': 'Remove the passkey',
  'passkey-remove-keep': 'Keep the passkey',
  'passkey-last': 'This is your only passkey',
  'passkey-last-text': 'Without it you could not sign in. To replace it, first add another passkey, then remove this one.',
  'passkey-last-back': 'Back to security',
} as const;

const sessions = {
  'sessions-end-others': 'End all other sessions',
  'sessions-end-others-text': 'Only this session stays open.',
  'security-others-ended': 'The other sessions have ended. Only this one is open. The services open in them are told where possible.',
  'sessions-capped': 'Your oldest session ended {#date /}',
  'sessions-capped-text':
    'You can have 10 sessions open at a time. When you sign in on another device, the session that was unused for longest ends.',
  'sign-ins-title': 'Sign-in history',
  'sign-ins-text': 'When you signed in, on which device, to which service and with which passkey.',
  'sign-ins-lead':
    'Every sign-in in your name, and every session that was ended. If you do not know one of them, end all sessions or freeze your identity.',
  'sign-ins-none': 'There is no sign-in yet.',
  'sign-in-started': 'Sign-in: {$device}',
  'sign-in-ended': 'A session ended',
  'sign-in-suspended': 'A sign-in with one of your passkeys was refused, and the passkey was stopped',
  'sign-in-service': 'To: {$service}',
  'sign-in-account': 'To: your page',
  'sign-in-passkey': 'With: {$name}',
  'sign-in-passkey-gone': 'With a passkey that no longer works: {$name}',
  'sign-in-level-substantial': 'Level: substantial',
  'sign-in-level-high': 'Level: high',
  'sign-in-shared': 'on a shared computer',
  'sign-in-end-signed-out': 'by signing out',
  'sign-in-end-ended-on-own-page': 'from your page',
  'sign-in-end-passkey-removed': 'because the passkey that it began with was removed',
  'sign-in-end-too-many-sessions': 'because 10 sessions were open, and it was unused for longest',
  'sign-in-end-frozen': 'because your identity was frozen',
  'sign-in-end-recovered': 'because recovery was completed with a new passkey',
  'sign-in-end-copied': 'because the passkey that it began with was stopped: somebody may have a copy',
  'sign-in-end-changed': 'because the passkey that it began with was stopped: its kind has changed',
  'sign-in-end-status': 'because the status of your identity changed',
  'sign-ins-missing':
    'A sign-in that was not completed is not here. Without one of your passkeys nobody reaches your account, so nothing is kept in your name. Sessions that ended by themselves after a time are not here either.',
  'sign-ins-missing-ask': 'What is not shown here?',
} as const;

const more = {
  'security-past': 'History and notices',
  'security-freeze-text':
    'While frozen, nobody can sign in as you and nothing is shared. The next page also has a code to print, which freezes your identity if your devices are lost.',
  'security-freeze-go': 'Freeze, or print the code',
} as const;

const spare = {
  'spare-title': 'Add a second passkey now?',
  'spare-lead': 'If you lose this device, the second passkey still lets you in, without a visit to a registration office.',
  'spare-how-phone': 'On another phone: your browser shows a code, and you scan it with the camera of that phone.',
  'spare-how-key': 'On a security key: plug it in, or hold it near.',
  'spare-create': 'Create a second passkey',
  'spare-until': 'You can do this once, in this browser, for 10 minutes and before you first sign in. Later, add it under Security.',
  'spare-skip': 'Not now',
  'spare-done-title': 'You now have two passkeys',
  'spare-done-lead': 'If you lose one, you can sign in with the other. You can name and remove them under Security.',
} as const;

const activity = {
  'activity-passkey-renamed': 'You changed the name of a passkey',
  'activity-passkey-removed': 'You removed a passkey',
} as const;

const errors = {
  'error-passkey-too-many-title': 'You have 50 passkeys',
  'error-passkey-too-many-meaning': 'That is the most there can be. Nothing was added, and your passkeys are as they were.',
  'error-passkey-too-many-next': 'Remove one that you no longer use under Security, then try again.',
  'error-passkey-too-new-title': 'This passkey is too new for that',
  'error-passkey-too-new-meaning':
    'For a day, a passkey that was added beside an older one removes or raises none and closes no account. Nothing has changed.',
  'error-passkey-too-new-next': 'Sign in with an older passkey, or come back a day after this one was added.',
  'error-session-shared-title': 'Not on a computer that others use',
  'error-session-shared-meaning':
    'You said that others use this computer. What opens or closes your identity is not made here. Nothing has changed.',
  'error-session-shared-next': 'Sign in on a device of your own and do it there.',
  'error-passkey-last-one-title': 'This is your only passkey',
  'error-passkey-last-one-meaning': 'Without it you could not sign in. Nothing has changed.',
  'error-passkey-last-one-next': 'Add another passkey under Security, then remove this one.',
  'error-passkey-gone-title': 'There is no such passkey',
  'error-passkey-gone-meaning': 'It was removed before, or the address is wrong. Nothing has changed.',
  'error-passkey-gone-next': 'See your passkeys under Security.',
  'error-passkey-name-title': 'The name was not saved',
  'error-passkey-name-meaning':
    'The passkey has the name it had before, and nothing was changed. A name has letters and numbers, at most 40.',
  'error-passkey-name-next': 'Correct the name.',
  'error-offer-ended-title': 'The time for the second passkey has ended',
  'error-offer-ended-meaning':
    '10 minutes passed, it was used, or you have signed in since. Nothing was added, and your first passkey is ready.',
  'error-offer-ended-next': 'Sign in with it, then add the second one under Security.',
} as const;

export const enSecurity = { ...passkeys, ...sessions, ...more, ...spare, ...activity, ...errors } as const;
