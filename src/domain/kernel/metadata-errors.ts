// The rows of the catalogue that concern FIDO metadata, in a file of their own for length alone; errors.ts holds the whole.

export const metadataErrors = {
  'metadata/malformed': {
    status: 400,
    oauth: 'invalid_request',
    level: 'info',
    text: 'error-request-invalid',
    advice: 'The file is no metadata BLOB: a JWT of three parts with a number, a day and entries. Fetch it again; nothing was changed.',
  },
  'metadata/untrusted': {
    status: 400,
    oauth: 'invalid_request',
    level: 'warn',
    text: 'error-request-invalid',
    advice:
      'The signature or its certificates do not lead to a root that is trusted. Fetch the file again from its source, or name the root of a national scheme with --root; nothing was changed.',
  },
  'metadata/older': {
    status: 409,
    oauth: 'invalid_request',
    level: 'warn',
    text: 'error-conflict',
    advice: 'A later edition of this source was imported before, and an older one could hide a warning. Nothing was changed.',
  },
} as const;
