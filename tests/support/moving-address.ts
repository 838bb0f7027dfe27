// The address that moves with the primary: a port that leads to one server, then to another, or nowhere.

import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';

export type MovingAddress = {
  readonly port: number;
  /** Whoever is connected loses the connection; `undefined` leads nowhere. */
  readonly leadTo: (socketFile: string | undefined) => void;
  readonly close: () => Promise<void>;
};

export async function createMovingAddress(socketFile: string): Promise<MovingAddress> {
  let target: string | undefined = socketFile;
  const open = new Set<Socket>();
  const server = createServer((near) => {
    if (target === undefined) {
      near.destroy();
      return;
    }
    const far = connect(target);
    const both = [near, far];
    both.forEach((socket) => {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        both.forEach((each) => each.destroy());
      });
    });
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const leadTo: MovingAddress['leadTo'] = (next) => {
    target = next;
    open.forEach((socket) => socket.destroy());
  };
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    leadTo,
    close: async () => {
      leadTo(undefined);
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
