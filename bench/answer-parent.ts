// The server's side of child.ts: says that it listens, tells what it has used, stops when told.

export type Serving = { readonly commits: () => number; readonly tidy: () => void; readonly stop: () => Promise<void> };

export function answerParent(serving: Serving): void {
  const tell = (message: unknown): void => {
    process.send?.(message);
  };
  const tellUsage = (): void => {
    const { user, system } = process.cpuUsage();
    tell({ cpuMicros: user + system, commits: serving.commits(), heapBytes: process.memoryUsage().heapUsed });
  };
  process.on('message', (question) => {
    if (question === 'stop') {
      // Returning from the main loop, and not an exit, lets a CPU profile be written.
      void serving.stop().then(() => process.disconnect());
      return;
    }
    if (question === 'tidy') {
      serving.tidy();
    }
    tellUsage();
  });
  tell('listening');
}
