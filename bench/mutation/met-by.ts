// Which tests the mutants of a file have to get past: those that speak of it and need no server, so that a mutant costs a second and not a minute.
// More tests can only notice more. `one-file.test.ts` is nowhere among them: it compares texts, and would notice everything without knowing what it does.

const log = 'ledger/verify-log';

const byFile: Readonly<Record<string, readonly string[]>> = {
  'ledger/check-entry': [log],
  'ledger/checkpoint': ['ledger/checkpoint', 'interop/others'],
  'ledger/event': ['ledger/event'],
  'ledger/find-tile': ['ledger/tile-path'],
  'ledger/key-chain': ['ledger/key-chain'],
  'ledger/key-change': ['ledger/key-chain'],
  'ledger/merkle': ['ledger/merkle', 'ledger/tiles', 'interop/reference'],
  'ledger/merkle-verify': ['ledger/merkle', 'interop/reference'],
  'ledger/prove-entry': ['ledger/sequence'],
  'ledger/range-proof': ['interop/reference', 'ledger/tiles'],
  'ledger/run-sequencer': ['ledger/sequence'],
  'ledger/sequence': ['ledger/sequence', 'ledger/key-chain'],
  'ledger/signed-note': ['ledger/signed-note', 'ledger/checkpoint', 'interop/others'],
  'ledger/tile-path': ['ledger/tile-path', 'interop/others'],
  'ledger/tiles': ['ledger/tiles', 'interop/ours', 'interop/others'],
  'verifier/base64': ['verifier/verify-entry', 'verifier/verify-receipt'],
  'verifier/canonical': ['verifier/canonical', 'verifier/verify-entry'],
  'verifier/check-proof': ['verifier/verify-entry', 'verifier/verify-receipt'],
  'verifier/checkpoint': ['verifier/checkpoint', 'verifier/log-keys'],
  'verifier/confirmation': ['verifier/confirmation'],
  'verifier/consistency': ['interop/reference', 'verifier/log-keys'],
  'verifier/export-form': ['verifier/verify-export'],
  'verifier/export-report': ['verifier/verify-export', 'verifier/main'],
  'verifier/json': ['verifier/verify-entry', 'verifier/verify-receipt'],
  'verifier/jws': ['verifier/verify-receipt', 'verifier/confirmation'],
  'verifier/lines': ['verifier/main', 'verifier/verify-export'],
  'verifier/list-rows': ['verifier/verify-list'],
  'verifier/log-keys': ['verifier/log-keys', 'verifier/checkpoint'],
  'verifier/main': ['verifier/main'],
  'verifier/note': ['verifier/checkpoint', 'verifier/witnesses', 'interop/others'],
  'verifier/opening': ['verifier/verify-entry', 'verifier/verify-receipt'],
  'verifier/plain-line': ['verifier/main', 'verifier/verify-export'],
  'verifier/policy': ['verifier/witnesses', 'interop/others'],
  'verifier/proof-form': ['verifier/verify-entry', 'verifier/verify-receipt'],
  'verifier/range': ['interop/reference', 'verifier/verify-pack'],
  'verifier/receipt-form': ['verifier/verify-receipt'],
  'verifier/record-digest': ['verifier/record-digest'],
  'verifier/tree': ['verifier/tree', 'interop/reference'],
  'verifier/verify-entry': ['verifier/verify-entry'],
  'verifier/verify-list': ['verifier/verify-list'],
  'verifier/verify-pack': ['verifier/verify-pack'],
  'verifier/verify-receipt': ['verifier/verify-receipt'],
  'verifier/witnesses': ['verifier/witnesses', 'interop/others'],
  'verifier/pack-witnesses': ['verifier/pack-witnesses'],
};

/** Paths of tests, from the root of the project. */
export function findTests(file: string): readonly string[] {
  const name = file.replace(/^src\/(?:domain\/)?/, '').replace(/\.ts$/, '');
  const others = name.startsWith('ledger/') ? log : 'verifier/verify-export';
  const tests = byFile[name] ?? [name.startsWith('verifier/pack-') ? 'verifier/verify-pack' : others];
  return tests.map((test) => `tests/unit/${test}.test.ts`);
}
