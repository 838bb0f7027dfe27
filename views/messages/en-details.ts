// The place "details" in English: what is held about the person, where it is put right, and what they change themselves.

const held = {
  'place-details': 'Details',
  'details-title': 'My details',
  'details-lead':
    'Everything Huwiya holds about you, and where it came from. None of it reaches an agency except by your decision or by law.',
  'details-own': 'What you change yourself',
  'details-own-text': 'It came from you, and you can change it at any time.',
  'details-verified': 'checked',
  'details-unverified': 'not checked',
  'details-change': 'Change',
  'details-add': 'Add',
  'details-given': 'What you gave when you registered',
  'details-at-counter': 'This is changed at a registration office, with your original document.',
  'details-language': 'Language of pages and messages',
  'details-language-text': 'Huwiya speaks this language to you on every device you sign in on.',
  'details-language-ar': 'العربية',
  'details-language-en': 'English',
  'details-save': 'Save',
  'details-register': 'From {$register}',
  'details-wrong': 'Is something wrong? Where to have it corrected',
  'details-wrong-text':
    'Huwiya repeats what stands in this register and does not change it. After a correction, the right value reaches us from the register itself.',
  'details-owner': 'Who owns the register',
  'details-where': 'Where to ask',
  'details-bring': 'What to bring',
  'details-answers': 'Answers worked out from your details',
  'details-answers-text':
    'They are enough for many services, so the detail itself is not sent. An example: aged 18 or over, instead of your date of birth.',
  'details-answers-show': 'See the answers',
  'details-elsewhere':
    'Your passkeys and sessions are under “Security”, your decisions under “Receipts”, and what happened to your details under “Activity”.',
  'details-changed-email': 'Your email address has changed. Huwiya uses it from now on.',
  'details-changed-phone': 'Your mobile number has changed. Huwiya uses it from now on.',
  'details-changed-name': 'Your preferred name is saved.',
  'details-changed-language': 'Your language is saved.',
} as const;

const contact = {
  'contact-email-title': 'Change your email address',
  'contact-phone-title': 'Change your mobile number',
  'contact-email-lead': 'We send a code to the new address. Nothing changes until you type it here.',
  'contact-phone-lead': 'We send a code by text message to the new number. Nothing changes until you type it here.',
  'contact-email-now': 'Held now',
  'contact-phone-now': 'Held now',
  'contact-email-new': 'New email address',
  'contact-phone-new': 'New mobile number',
  'contact-email-hint': 'For example {#code}sara@example.com{/code}',
  'contact-phone-hint': 'With the country code. For example {#code}+966 50 000 0000{/code}',
  'contact-send': 'Send the code',
  'contact-told-old': 'We tell your present email address that a change was made, without naming the new one.',
  'contact-code-title': 'Type the code',
  'contact-code-lead': 'We sent a code of 8 digits to {#address}{$address}{/address}',
  'contact-code-until': 'The code works until {#date /}, in this session only.',
  'contact-code': 'Code',
  'contact-code-hint': '8 digits, as they arrived.',
  'contact-tries': '.input {$count :integer} .match $count one {{{$count} try left.}} * {{{$count} tries left.}}',
  'contact-confirm': 'Confirm the change',
  'contact-resend': 'Send a new code',
  'contact-resend-text': 'A new code ends the one before. You can ask for it a minute after the last.',
  'contact-email-other': 'Type another address',
  'contact-phone-other': 'Type another number',
  'contact-missing': 'No code arrived?',
  'contact-email-missing': 'It may be among unwanted mail. Check also the address above.',
  'contact-phone-missing': 'A message can take a minute or two. Check also the number above.',
  'contact-ended': 'This code cannot be used',
  'contact-keep': 'Go back without a change',
} as const;

const name = {
  'name-title': 'Preferred name',
  'name-lead':
    'The name you like to be called by. It does not change your name in the civil register, and no agency gets it without your consent.',
  'name-ar': 'In Arabic',
  'name-en': 'In Latin letters',
  'name-ar-hint': 'Arabic letters, without vowel marks.',
  'name-en-hint': 'Latin letters.',
  'name-ar-wrong': 'Arabic letters only',
  'name-en-wrong': 'Latin letters only',
  'name-none': 'If you leave both empty, your preferred name is removed.',
  'name-save': 'Save the name',
} as const;

const letters = {
  'letter-code-subject': 'Code to confirm your email address at Huwiya',
  'letter-code-heading': 'Your code',
  'letter-code-why': 'Somebody asked on their Huwiya page to use this address. If it was you, the code is:',
  'letter-code-until': 'It works for 10 minutes, and only on the page that asked for it.',
  'letter-code-not-you': 'If it was not you, there is nothing to do. Nothing changes without the code.',
  'letter-never': 'Huwiya never calls you to ask for a code and never sends a link to sign in.',
  'letter-address': 'The right address of Huwiya: {$host}',
  'letter-sms': '{$code} is your Huwiya code to confirm this number. It works for 10 minutes. Give it to nobody.',
  'letter-changed-email-subject': 'Your email address at Huwiya has changed',
  'letter-changed-phone-subject': 'Your mobile number at Huwiya has changed',
  'letter-changed-email': 'The email address that Huwiya holds for you has changed. Its messages no longer come to this address.',
  'letter-changed-phone': 'The mobile number that Huwiya holds for you has changed.',
  'letter-changed-when': 'When: {$moment}',
  'letter-changed-you': 'If it was you, there is nothing to do.',
  'letter-changed-not-you': 'If it was not you: end all sessions under “Security” on your page, then tell a registration office.',
} as const;

const errors = {
  'error-contact-address-title': 'The address is incomplete or has a mistake',
  'error-contact-address-meaning': 'We could not read what was typed. No code was sent and nothing has changed.',
  'error-contact-address-next': 'Type the whole address as in the example, then try again.',
  'error-contact-unchanged-title': 'This is the one we hold already',
  'error-contact-unchanged-meaning': 'It was checked before. No code was sent and nothing has changed.',
  'error-contact-unchanged-next': 'Type another one, or go back without a change.',
  'error-contact-too-many-title': 'Too many codes were asked for',
  'error-contact-too-many-meaning':
    'There is a minute between two codes, and at most 5 an hour and 10 a day. No new code was sent and nothing has changed.',
  'error-contact-too-many-next': 'Use the last code that arrived, or try again later.',
  'error-contact-code-wrong-title': 'The code is not right',
  'error-contact-code-wrong-meaning': 'Nothing has changed. After 5 tries the code ends.',
  'error-contact-code-wrong-next': 'Type the eight digits as they stand in the last message.',
  'error-contact-code-ended-title': 'This code has ended',
  'error-contact-code-ended-meaning':
    '10 minutes passed, 5 codes were tried, it was used before, or another session asked for it. Nothing has changed now.',
  'error-contact-code-ended-next': 'Ask for a new code.',
  'error-name-title': 'The name holds a sign we do not accept',
  'error-name-meaning': 'Each field takes the letters of one language, without digits, signs or vowel marks. Nothing has changed.',
  'error-name-next': 'Type the name in letters only, with at most 60 of them.',
} as const;

export const enDetails = { ...held, ...contact, ...name, ...letters, ...errors } as const;
