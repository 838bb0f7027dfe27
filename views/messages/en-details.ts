// The place "details" in English: what is held about the person, where it is put right, and what they change themselves.

const held = {
  'place-details': 'My details',
  'details-lead':
    'Everything Huwiya holds about you, and where it came from. None of it reaches an agency except by your decision or by law.',
  'details-own': 'What you change yourself',
  'details-own-text': 'It came from you, and you can change it at any time.',
  'details-verified': 'checked',
  'details-unverified': 'not checked',
  'details-change': 'Change',
  'details-add': 'Add',
  'details-at-counter': 'Changed at a registration office, with your original document.',
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

export const enDetails = { ...held } as const;
