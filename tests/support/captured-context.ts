// The context of commands on a database of the test's own, with everything they print kept.

import { createSecretKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Context, Output } from '../../src/cli/context.ts';
import { systemClock } from '../../src/domain/kernel/clock.ts';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import type { Storage } from '../../src/storage/open-storage.ts';
import { sampleAuthority } from './store-samples.ts';

export type CapturedContext = {
  readonly context: Context;
  /** What was printed since the last call. */
  readonly takeOut: () => string;
  readonly takeErr: () => string;
};

const receipt = { privateKey: generateKeyPairSync('ed25519').privateKey, kid: 'receipt-1' };

export function createCapturedContext(
  storage: Storage,
  terminal: { readonly isTerminal: boolean } = { isTerminal: false },
): CapturedContext {
  const out = createCapture(terminal.isTerminal);
  const err = createCapture(terminal.isTerminal);
  const context: Context = {
    config: {
      enrolmentCodeHours: 24,
      loopback: true,
      certificateDoor: undefined,
      authority: sampleAuthority,
      outboundAllow: [],
      mail: undefined,
    },
    issuer: 'http://localhost:3000',
    keys: { receipt, data: { encryption: createSecretKey(randomBytes(32)), lookup: createSecretKey(randomBytes(32)) } },
    storage,
    clock: systemClock,
    random: systemRandom,
    out: out.output,
    err: err.output,
  };
  return { context, takeOut: out.take, takeErr: err.take };
}

function createCapture(isTerminal: boolean): { readonly output: Output; readonly take: () => string } {
  let printed = '';
  return {
    output: {
      isTerminal,
      write: (text) => {
        printed += text;
      },
    },
    take: () => {
      const taken = printed;
      printed = '';
      return taken;
    },
  };
}
