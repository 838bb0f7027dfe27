// Why a program may not listen where it was told to, in words.

export function toListenProblem(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  if (code === 'EADDRINUSE') {
    return 'another program listens there already';
  }
  return code === 'EACCES' || code === 'EADDRNOTAVAIL' ? 'this process may not listen there' : String(thrown);
}
