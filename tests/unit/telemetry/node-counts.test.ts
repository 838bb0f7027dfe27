// What a node counts stays small whatever comes, and says each thing once.

import { describe, expect, it } from 'vitest';
import { Fault } from '../../../src/domain/kernel/errors.ts';
import { createLog } from '../../../src/telemetry/log.ts';
import { toMetricsText } from '../../../src/telemetry/metrics.ts';
import { createNodeCounts, toCountedLog } from '../../../src/telemetry/node-counts.ts';

const find = (text: string, start: string): string | undefined => text.split('\n').find((line) => line.startsWith(start));

describe('the counts of a node', () => {
  it('keep few values of a label, and count the rest together', () => {
    const counts = createNodeCounts();
    Array.from({ length: 5000 }, (_, index) => counts.noteRefusal(`code-${index}`));
    const text = toMetricsText(counts.read());
    expect(text.split('\n').length).toBeLessThan(400);
    const counted = [...text.matchAll(/^huwiya_refusals_total\{code="[^"]+"\} (\d+)$/gm)].map(([, value]) => Number(value));
    expect(counted.reduce((sum, value) => sum + value, 0)).toBe(5000);
    expect(Number(find(text, 'huwiya_refusals_total{code="other"}')?.split(' ')[1])).toBeGreaterThan(4000);
  });

  it('put each time into its bucket, the bound included', () => {
    const counts = createNodeCounts();
    [0.005, 0.0051, 1, 11].forEach((seconds) => counts.noteAnswer({ area: 'token', status: 200, seconds }));
    const text = toMetricsText(counts.read());
    const upTo = (le: string): string | undefined => find(text, `huwiya_answer_seconds_bucket{area="token",le="${le}"}`)?.split(' ')[1];
    expect(['0.005', '0.01', '0.5', '1', '10', '+Inf'].map(upTo)).toEqual(['1', '2', '2', '3', '3', '4']);
    expect(find(text, 'huwiya_answer_seconds_sum{area="token"}')).toBe('huwiya_answer_seconds_sum{area="token"} 12.0101');
  });

  it('hold the faults that need somebody, while the log goes on as before', () => {
    const lines: string[] = [];
    const { log, counts } = toCountedLog(createLog('info', { write: (line) => lines.push(line) }));
    log.fault('store/unavailable', new Fault('store/unavailable', 'away'), {});
    log.fault('request/not-found', undefined, {});
    log.write('info', 'started', {});
    const text = toMetricsText(counts.read());
    expect(find(text, 'huwiya_faults_total{code="store/unavailable"}')).toBe('huwiya_faults_total{code="store/unavailable"} 1');
    expect(text).not.toContain('request/not-found');
    expect(lines).toHaveLength(3);
  });
});
