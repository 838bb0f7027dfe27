// Loaded into a node before its own program (`node --import`): what goes wrong in it when a test sends a signal.

/** Of nobody's, so that nobody catches it; its words are of the kind that must reach no log. */
const planted = 'a defect about sara@example.test';

const blockedMs = 5000;

process.on('SIGUSR2', () => void Promise.reject(new Error(planted)));

process.on('SIGWINCH', () => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, blockedMs));
