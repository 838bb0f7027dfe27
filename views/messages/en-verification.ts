// That a service is told how a person's identity was checked, in English.

export const enVerification = {
  'term-verification': 'How your identity was checked',
  'term-verification-text': 'The service learns that too.',
  'term-verification-more': 'What exactly',
  'term-verification-with': 'Beside these, as far as you share them: {$attributes}',
  'verification-trust_framework': 'by which rules your identity was checked',
  'verification-assurance_level': 'how thorough the check was',
  'verification-time': 'when it was',
  'verification-types': 'which kind of document was seen, and how it was examined',
  'verification-details':
    'of the document: its kind, who issued it, until when it is valid, and the last digits of its number; who examined it, when and how',
  'verification-never': 'Never a copy of the document, and never its whole number.',
  'change-verification': 'Learns how your identity was checked',
  'field-verification': 'What it learns of the check of identity',
  'receipt-verification': 'Learns of the check of your identity',
  'receipt-verification-ended': 'Learned of the check of your identity until then',
} as const;
