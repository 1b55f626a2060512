import { describe, expect, test } from '@jest/globals';
import { closed, counts, messageOf, resources } from '../../test/raised-warnings.ts';
import { sampleServer, sampleWorkload } from '../../test/sample-document.ts';
import { TimeRecorder } from '../document/distribution.ts';

describe('answers that are 40 ms late', () => {
  const idle = {
    server: { ...resources, cpuSeconds: 0.5 },
    host: { busyCpuSeconds: 1, stealSeconds: 0 },
  };
  function answers(timesMs: readonly number[]) {
    const recorder = new TimeRecorder();
    for (const ms of timesMs) recorder.record(ms);
    const serviceTime = { ...recorder.summarise(), meanMs: 64 };
    const part = { name: 'cpu', requests: counts, throughputPerSecond: 1000, responseTime: null };
    return { ...idle, serviceTime, classes: [{ ...part, serviceTime }] };
  }
  const many = (count: number, ms: (index: number) => number) =>
    Array.from({ length: count }, (_, i) => ms(i));
  const quick = many(700, (index) => 1 + index / 1000);
  const late = many(300, (index) => 40.5 + index / 100);

  test('look like a delayed acknowledgement when they are a separate peak', () => {
    expect(closed(answers([...quick, ...late]))).toEqual(['warn delayed-ack']);
    expect(messageOf(answers([...quick, ...late]))).toContain('30 % of the answers');
  });

  test('do not when times are spread evenly, or the server is busy, or closes its connections', () => {
    expect(closed(answers(many(1000, (index) => index / 10)))).toEqual([]);
    expect(
      closed({ ...answers([...quick, ...late]), server: { ...resources, cpuSeconds: 4 } }),
    ).toEqual([]);
    const server = { ...sampleServer('prefork'), keepAlive: false };
    expect(closed(answers([...quick, ...late]), { server })).toEqual([]);
  });

  test('are counted from the end of the requested wait', () => {
    const workload = {
      ...sampleWorkload(),
      classes: [{ name: 'cpu', weight: 1, path: '/cpu', waitMs: 40 }],
    };
    const waited = many(1000, (index) => 40.5 + index / 1000);
    expect(closed(answers(waited))).toEqual(['warn delayed-ack']);
    expect(closed(answers(waited), { workload })).toEqual([]);
  });
});
