// Reading JSON without believing its shape.

export function findMember(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;
}

export function getText(value: unknown, name: string): string {
  const member = findMember(value, name);
  if (typeof member !== 'string') {
    throw new Error(`${name} is not a text`);
  }
  return member;
}

export function getList(value: unknown, name: string): readonly unknown[] {
  const member = findMember(value, name);
  if (!Array.isArray(member)) {
    throw new Error(`${name} is not a list`);
  }
  return member;
}
