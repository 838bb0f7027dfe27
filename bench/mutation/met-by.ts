// Which tests the mutants of a file have to get past: those that speak of it and need no server, so that a mutant costs a second and not a minute.
// More tests can only notice more. `one-file.test.ts` is nowhere among them: it compares texts, and would notice everything without knowing what it does.

const logs = ['ledger/log-faults'];
const proofs = ['verifier/verify-entry', 'verifier/verify-receipt', 'verifier/export-faults'];

const exports = ['verifier/export-faults'];
const packs = ['verifier/pack-parts', 'verifier/pack-said', 'verifier/verify-pack'];

const byFile: Readonly<Record<string, readonly string[]>> = {
  'ledger/checkpoint': ['ledger/checkpoint', 'ledger/sequence', 'interop/others'],
  'ledger/check-entry': ['ledger/check-entry', 'ledger/log-faults'],
  'ledger/erasure-account': ['ledger/erasure-account', 'ledger/log-faults', 'ledger/verify-log', 'verifier/verify-export'],
  'ledger/event': ['ledger/event', 'ledger/sequence'],
  'ledger/export-log': exports,
  'ledger/find-tile': ['ledger/tile-path'],
  'ledger/key-chain': ['ledger/key-chain'],
  'ledger/key-change': ['ledger/key-chain', 'verifier/log-keys'],
  'ledger/log-report': ['ledger/log-faults'],
  'ledger/log-memory': ['ledger/sequence'],
  'ledger/merkle': ['ledger/merkle', 'ledger/tiles', 'interop/reference'],
  'ledger/merkle-verify': ['ledger/merkle', 'interop/reference'],
  'ledger/prove-entry': ['ledger/prove-entry', 'verifier/verify-receipt'],
  'ledger/range-proof': ['interop/reference', 'ledger/tiles'],
  'ledger/rotate-log-key': ['ledger/key-chain'],
  'ledger/run-sequencer': ['ledger/sequence'],
  'ledger/sequence': ['ledger/sequence', 'ledger/key-chain', 'ledger/memory-ledger-store'],
  'ledger/signed-note': ['ledger/signed-note', 'ledger/checkpoint', 'interop/others'],
  'ledger/sleep': ['ledger/prove-entry', 'ledger/sequence'],
  'ledger/tile-path': ['ledger/tile-path', 'interop/others'],
  'ledger/tiles': ['ledger/tiles', 'interop/ours', 'interop/others'],
  'ledger/verify-entries': [...logs, 'ledger/verify-log'],
  'ledger/verify-log': [...logs, 'ledger/verify-log'],
  'ledger/verify-tail': ['ledger/log-faults'],
  'verifier/base64': ['verifier/verify-entry', 'verifier/verify-receipt'],
  'verifier/canonical': ['verifier/canonical'],
  'verifier/check-proof': proofs,
  'verifier/checkpoint': ['verifier/checkpoint', 'verifier/log-keys'],
  'verifier/confirmation': ['verifier/confirmation', 'verifier/verify-receipt'],
  'verifier/consistency': ['interop/reference', 'verifier/log-keys'],
  'verifier/erasures': ['verifier/export-faults', 'verifier/verify-export'],
  'verifier/exit-codes': ['verifier/main'],
  'verifier/export-entry': exports,
  'verifier/export-form': exports,
  'verifier/export-report': exports,
  'verifier/export-run': ['verifier/export-faults', 'verifier/verify-export'],
  'verifier/json': [...proofs, 'verifier/log-keys'],
  'verifier/judging-threads': ['verifier/verify-export'],
  'verifier/jws': ['verifier/verify-receipt', 'verifier/verify-pack', 'verifier/verify-list', 'verifier/record-digest'],
  'verifier/lines': [...exports, 'verifier/verify-export'],
  'verifier/list-rows': ['verifier/verify-list'],
  'verifier/log-keys': ['verifier/log-keys', 'verifier/checkpoint', 'verifier/main'],
  'verifier/main': ['verifier/main'],
  'verifier/note': ['verifier/checkpoint', 'verifier/witnesses', 'interop/others'],
  'verifier/opening': proofs,
  'verifier/pack-witnesses': ['verifier/pack-witnesses'],
  'verifier/plain-line': ['verifier/canonical', 'verifier/export-faults'],
  'verifier/policy': ['verifier/witnesses', 'witnesses/policy', 'interop/others'],
  'verifier/proof-form': ['verifier/verify-entry', 'verifier/verify-receipt', 'verifier/verify-pack'],
  'verifier/range': ['interop/reference', 'verifier/verify-pack'],
  'verifier/receipt-form': ['verifier/verify-receipt'],
  'verifier/record-digest': ['verifier/record-digest', 'verifier/verify-pack'],
  'verifier/tree': ['verifier/tree', 'ledger/merkle', 'interop/reference'],
  'verifier/verify-entry': proofs,
  'verifier/verify-figures': ['verifier/verify-figures'],
  'verifier/verify-list': ['verifier/verify-list'],
  'verifier/verify-pack': packs,
  'verifier/verify-receipt': proofs,
  'verifier/witnesses': ['verifier/witnesses', 'interop/others'],
};

/** Paths of tests, from the root of the project. */
export function findTests(file: string): readonly string[] {
  const name = file.replace(/^src\/(?:domain\/)?/, '').replace(/\.ts$/, '');
  const others = name.startsWith('ledger/') ? logs : exports;
  const tests = byFile[name] ?? (name.startsWith('verifier/pack-') ? packs : others);
  return tests.map((test) => `tests/unit/${test}.test.ts`);
}
