// Base 64 in its one spelling: a text that decodes to the same bytes as another text is another text.

function decode(text: string, encoding: 'base64' | 'base64url'): Buffer | undefined {
  const bytes = Buffer.from(text, encoding);
  return bytes.toString(encoding) === text ? bytes : undefined;
}

export const decodeBase64 = (text: string): Buffer | undefined => decode(text, 'base64');
export const decodeBase64url = (text: string): Buffer | undefined => decode(text, 'base64url');
