// A relay for tests, as small as RFC 5321 lets it be: it takes letters in the clear or after STARTTLS (RFC 3207), asks for a login if told to,
// and answers a command as a test wants it answered.

import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { TestCertificate } from './certificate.ts';

export type TakenLetter = { readonly isEncrypted: boolean; readonly from: string; readonly to: readonly string[]; readonly raw: string };

export type SmtpAsked = {
  /** Offers STARTTLS with it. */
  readonly certificate?: TestCertificate;
  /** User name and password, as AUTH PLAIN carries them. */
  readonly login?: { readonly user: string; readonly password: string };
  /** Another reply than the usual one; called for each command with how often that command came. */
  readonly reply?: (command: string, count: number) => string | undefined;
};

export type SmtpServer = {
  readonly port: number;
  readonly letters: readonly TakenLetter[];
  /** First words of every command that came, in order. */
  readonly commands: readonly string[];
  readonly close: () => Promise<void>;
};

type Shared = { readonly asked: SmtpAsked; readonly letters: TakenLetter[]; readonly commands: string[]; readonly sockets: Set<Socket> };

type Session = { from: string; to: string[]; isEncrypted: boolean; isInData: boolean };

const toAddress = (line: string): string => /<([^>]*)>/.exec(line)?.[1] ?? '';

function isLogin({ login }: SmtpAsked, line: string): boolean {
  const given = Buffer.from(line.split(' ')[2] ?? '', 'base64').toString('utf8');
  return login !== undefined && given === `\0${login.user}\0${login.password}`;
}

function toCapabilities({ certificate, login }: SmtpAsked, session: Session): string {
  const tls = certificate === undefined || session.isEncrypted ? [] : ['STARTTLS'];
  const lines = ['relay.test', ...tls, ...(login === undefined ? [] : ['AUTH PLAIN']), '8BITMIME'];
  return lines.map((line, index) => `250${index === lines.length - 1 ? ' ' : '-'}${line}`).join('\r\n');
}

function toUsualReply(shared: Shared, session: Session, line: string): string {
  const verb = line.split(/[ :]/)[0]?.toUpperCase() ?? '';
  const replies: Readonly<Record<string, () => string>> = {
    EHLO: () => toCapabilities(shared.asked, session),
    AUTH: () => (isLogin(shared.asked, line) ? '235 welcome' : '535 not you'),
    MAIL: () => {
      [session.from, session.to] = [toAddress(line), []];
      return '250 ok';
    },
    RCPT: () => {
      session.to.push(toAddress(line));
      return '250 ok';
    },
    DATA: () => {
      session.isInData = true;
      return '354 go on';
    },
    RSET: () => '250 ok',
    QUIT: () => '221 bye',
  };
  return replies[verb]?.() ?? '502 no such command';
}

function answer(shared: Shared, session: Session, line: string): string {
  const command = line.split(/[ :]/)[0]?.toUpperCase() ?? '';
  shared.commands.push(command);
  const count = shared.commands.filter((one) => one === command).length;
  return shared.asked.reply?.(command, count) ?? toUsualReply(shared, session, line);
}

function takeData(shared: Shared, session: Session, raw: string): string {
  session.isInData = false;
  const { isEncrypted, from, to } = session;
  shared.letters.push({ isEncrypted, from, to: [...to], raw: raw.replaceAll(/^\.\./gm, '.') });
  return '250 taken';
}

/** Lines as they are complete; after DATA everything up to the single dot. */
function serve(shared: Shared, socket: Socket, session: Session): void {
  let waiting = '';
  const onData = (chunk: Buffer): void => {
    waiting += chunk.toString('latin1');
    for (;;) {
      const end = waiting.indexOf(session.isInData ? '\r\n.\r\n' : '\r\n');
      if (end < 0) {
        return;
      }
      const text = waiting.slice(0, end);
      waiting = waiting.slice(end + (session.isInData ? 5 : 2));
      if (text.toUpperCase() === 'STARTTLS' && shared.asked.certificate !== undefined) {
        socket.off('data', onData);
        startTls(shared, socket, shared.asked.certificate);
        return;
      }
      socket.write(`${session.isInData ? takeData(shared, session, text) : answer(shared, session, text)}\r\n`);
    }
  };
  socket.on('data', onData);
  socket.on('error', () => socket.destroy());
}

function startTls(shared: Shared, socket: Socket, { certificate, key }: TestCertificate): void {
  shared.commands.push('STARTTLS');
  socket.write('220 go ahead\r\n');
  const secure = new TLSSocket(socket, { isServer: true, cert: certificate, key });
  serve(shared, secure, { from: '', to: [], isEncrypted: true, isInData: false });
}

export async function startSmtpServer(asked: SmtpAsked = {}): Promise<SmtpServer> {
  const shared: Shared = { asked, letters: [], commands: [], sockets: new Set() };
  const server = createServer((socket) => {
    shared.sockets.add(socket);
    socket.on('close', () => shared.sockets.delete(socket));
    socket.write('220 relay.test\r\n');
    serve(shared, socket, { from: '', to: [], isEncrypted: false, isInData: false });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '0.0.0.0', resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    letters: shared.letters,
    commands: shared.commands,
    close: async () => {
      shared.sockets.forEach((socket) => socket.destroy());
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
