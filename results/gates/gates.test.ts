import { describe, expect, test } from '@jest/globals';
import {
  sampleClosedLoop,
  sampleDocument,
  sampleGateContext,
  sampleOpenLoop,
  sampleServer,
  sampleTimes,
  sampleTrial,
  sampleWorkload,
} from '../../test/sample-document.ts';
import { TimeRecorder } from '../document/distribution.ts';
import type { ClassMeasurement, Interval, Measurement } from '../document/run-document.ts';
import type { GateContext } from './gate.ts';
import { measurementWarnings, withWarnings } from './gates.ts';
import { disturbanceOf } from './noisy-host.ts';

const context = sampleGateContext();
/** "void littles-law", for each warning about a closed loop that is in order except for a change. */
const closed = (change: Partial<Measurement> = {}, changed: Partial<GateContext> = {}) =>
  codes(sampleClosedLoop(change), changed);
const open = (change: Partial<Measurement> = {}, changed: Partial<GateContext> = {}) =>
  codes(sampleOpenLoop(change), changed);
const codes = (measurement: Measurement, changed: Partial<GateContext>) =>
  measurementWarnings(measurement, { ...context, ...changed }).map(
    ({ severity, code }) => `${severity} ${code}`,
  );
const resources = sampleClosedLoop().server;
const counts = sampleClosedLoop().requests;
const intervalsOf = (change: (interval: Interval, index: number) => Partial<Interval>) =>
  sampleClosedLoop().intervals.map((interval, index) => ({
    ...interval,
    ...change(interval, index),
  }));

test('a quiet closed loop and a quiet open loop raise no warning', () => {
  expect(closed()).toEqual([]);
  expect(open()).toEqual([]);
});

test('what this platform does not report raises no warning', () => {
  const unknown = {
    cpuSeconds: null,
    runQueueDelaySeconds: null,
    pssBytes: null,
    processes: null,
    threads: null,
    processesReplaced: null,
  };
  const change = {
    server: unknown,
    client: unknown,
    kernel: { listenOverflows: null, listenDrops: null, synRetransmits: null },
    host: { busyCpuSeconds: null, stealSeconds: null },
  };
  expect(closed(change)).toEqual([]);
  expect(open(change)).toEqual([]);
});

describe('requests', () => {
  test('without an outcome void a measurement, in a class of them too', () => {
    expect(closed({ requests: { ...counts, sent: counts.sent + 1 } })).toEqual(['void accounting']);
    const { throughputPerSecond, serviceTime, responseTime } = sampleClosedLoop();
    const requests = { ...counts, ok: counts.ok - 1 };
    const part = { name: 'cpu', requests, throughputPerSecond, serviceTime, responseTime };
    expect(closed({ classes: [part] })).toEqual(['void accounting']);
  });

  test('with wrong bodies void it', () => {
    expect(closed({ requests: { ...counts, mismatched: 1 } })).toEqual(['void wrong-bodies']);
  });

  test('without a good answer raise a warning with the most common reasons', () => {
    const change = {
      requests: { ...counts, ok: counts.ok - 5, timeouts: 4, errors: 1 },
      failures: { ECONNRESET: 1, 'not answered in time': 4 },
    };
    expect(closed(change)).toEqual(['warn failed-requests']);
    expect(measurementWarnings(sampleClosedLoop(change), context)[0]?.message).toContain(
      '5 of 5,000 requests (0.1 %) failed (4 × not answered in time, 1 × ECONNRESET)',
    );
  });
});

describe('the load generator', () => {
  const client = (cpuSeconds: number, runQueueDelaySeconds = 0) => ({
    client: { ...resources, cpuSeconds, runQueueDelaySeconds },
    host: { busyCpuSeconds: 5 + cpuSeconds, stealSeconds: 0 },
  });

  test('voids what it measured with more than 70 % of a core', () => {
    expect(closed(client(3.6))).toEqual(['void generator-saturated']);
    expect(open(client(3.6))).toEqual(['void generator-saturated']);
  });

  test('may use 70 % of a core for each of its processes', () => {
    expect(closed({ ...client(3.6), generatorProcesses: 2 }, { cpuMode: 'isolated' })).toEqual([]);
    const busy = { ...client(7.2), generatorProcesses: 2 };
    expect(closed(busy)).toEqual(['void generator-saturated']);
    const starved = { ...client(0.5, 3.5), generatorProcesses: 2 };
    expect(closed(starved, { cpuMode: 'isolated' })).toEqual([]);
  });

  test('raises a note when it uses many of the CPUs that it shares with the server', () => {
    expect(closed(client(1.1))).toEqual(['note generator-cpu-use']);
    expect(closed(client(1.1), { cpuMode: 'isolated' })).toEqual([]);
  });

  test('is starved when it waits for a core while the server leaves some idle', () => {
    expect(closed(client(0.5, 3.5))).toEqual(['warn generator-starved']);
    const server = { ...resources, cpuSeconds: 9 };
    const host = { busyCpuSeconds: 9.7, stealSeconds: 0 };
    expect(closed({ ...client(0.5, 3.5), server, host })).toEqual([]);
  });

  test('voids an open loop that sends late', () => {
    const late = (p99Ms: number | null) => ({ sendLag: { ...sampleTimes(3000, 0.1), p99Ms } });
    expect(open(late(2))).toEqual([]);
    expect(open(late(2.1))).toEqual(['void late-sends']);
    expect(open(late(null))).toEqual(['void late-sends']);
    const slow = { responseTime: sampleTimes(3000, 100) };
    expect(open({ ...late(9), ...slow })).toEqual([]);
    expect(open({ ...late(11), ...slow })).toEqual(['void late-sends']);

    // Of 300 requests p95 is reported, which the three that lie beyond p99 do not change.
    const few = (p95Ms: number) => ({ sendLag: { ...sampleTimes(300, 0.1), p95Ms, p99Ms: 9 } });
    expect(open(few(0.4))).toEqual([]);
    expect(open(few(2.1))).toEqual(['void late-sends']);

    const { requests, throughputPerSecond, serviceTime } = sampleOpenLoop();
    const ofClass = (name: string, count: number, ms: number) => ({
      name,
      requests,
      throughputPerSecond,
      serviceTime,
      responseTime: sampleTimes(count, ms),
    });
    const classes = [ofClass('light', 2700, 20), ofClass('heavy', 300, 300)];
    // 5 % of light's p95, which is what 2,700 requests are reported by: 1.7 ms.
    expect(open({ ...late(9), ...slow, classes })).toEqual(['void late-sends']);
    // 5 % of light's p99 of 100 ms.
    const slower = [ofClass('light', 3000, 50), ofClass('heavy', 300, 300)];
    expect(open({ ...late(4.9), ...slow, classes: slower })).toEqual([]);
    expect(open({ ...late(5.1), ...slow, classes: slower })).toEqual(['void late-sends']);
  });

  test('warns of an open loop that ran out of connections', () => {
    expect(open({ connectionLimit: 500, waitedForConnection: 0 })).toEqual([]);
    expect(open({ connectionLimit: 500, waitedForConnection: 1 })).toEqual([
      'warn connection-limit',
    ]);
  });
});

describe("Little's law", () => {
  const times = (meanMs: number, maxMs = 66) => ({
    serviceTime: { ...sampleTimes(5000, meanMs), maxMs },
  });

  test('voids a closed loop whose throughput and times do not account for what is in flight', () => {
    // 64 in flight at 1,000/s take 64 ms; 2 % and 66 ms of 5 s are 3.3 %.
    expect(closed(times(66))).toEqual([]);
    expect(closed(times(68))).toEqual(['void littles-law']);
    expect(closed(times(61))).toEqual(['void littles-law']);
    expect(closed(times(25))).toEqual(['void littles-law']);
  });

  test('allows for the ends of a window to cut through the longest requests', () => {
    expect(closed(times(69, 300))).toEqual([]);
    expect(closed(times(70, 300))).toEqual(['void littles-law']);
  });

  test('does not judge a window that is short against its requests', () => {
    const short = {
      ...times(44, 132.7),
      windowSeconds: 0.25,
      requests: { ...counts, sent: 222, ok: 222 },
    };
    expect(closed(short)).not.toContain('void littles-law');
    expect(
      closed({ ...short, windowSeconds: 2.5, requests: { ...counts, sent: 2220, ok: 2220 } }),
    ).toContain('void littles-law');
    const none = { ...counts, sent: 0, ok: 0 };
    const heavy = { ...sampleClosedLoop(), name: 'heavy', requests: none };
    expect(closed({ ...times(68), classes: [heavy] })).toEqual([]);
  });

  test('says nothing of an open loop, nor of requests without an answer', () => {
    expect(open(times(68))).toEqual([]);
    const requests = { ...counts, ok: counts.ok - 1, errors: 1 };
    expect(closed({ ...times(68), requests })).toEqual(['warn failed-requests']);
  });
});

describe('work that is skipped', () => {
  const waiting = {
    ...sampleWorkload('io'),
    classes: [{ name: 'io', weight: 1, path: '/io?ms=50', waitMs: 50 }],
  };
  const answeredIn = (p50Ms: number): ClassMeasurement => ({
    name: 'io',
    requests: counts,
    throughputPerSecond: 1000,
    serviceTime: { ...sampleTimes(5000, 64), p50Ms },
    responseTime: null,
  });

  test('shows in answers that come before the wait that was requested', () => {
    expect(closed({ classes: [answeredIn(49)] }, { workload: waiting })).toEqual([]);
    expect(closed({ classes: [answeredIn(48)] }, { workload: waiting })).toEqual([
      'void wait-skipped',
    ]);
    expect(open({ classes: [answeredIn(10)] }, { workload: waiting })).toEqual([
      'void wait-skipped',
    ]);
  });

  test('shows in more requests than the connections can wait for', () => {
    const at = (throughputPerSecond: number) =>
      closed({ throughputPerSecond, classes: [answeredIn(50)] }, { workload: waiting });
    expect(at(1285)).toEqual([]);
    expect(at(1300)).toEqual(['void above-ceiling']);
  });

  test('does not show where a short window of a mix had more of the requests that do not wait', () => {
    const mix = { ...sampleWorkload('mixed', ['io', 'quick']) };
    const [io, quick] = mix.classes.map((one, index) => ({ ...one, waitMs: index === 0 ? 50 : 0 }));
    const workload = { ...mix, classes: io && quick ? [io, quick] : [] };
    const classesOf = (ofIo: number) =>
      [ofIo, counts.ok - ofIo].map((ok, index) => ({
        ...answeredIn(50),
        name: index === 0 ? 'io' : 'quick',
        requests: { ...counts, sent: ok, ok },
      }));
    const at = (ofIo: number) =>
      closed({ throughputPerSecond: 3000, classes: classesOf(ofIo) }, { workload });
    expect(at(counts.ok / 2)).toEqual(['void above-ceiling']);
    expect(at(counts.ok / 3)).toEqual([]);
  });

  test('counts no class of a mix whose single requests cost mostly the waking of the server', () => {
    const mix = sampleWorkload('mixed', ['light', 'heavy']);
    const pilotOf = (lightCpuSeconds: number) => ({
      server: 'pool',
      workload: 'mixed',
      capacityPerSecond: 1600,
      singleRequests: [
        { class: 'light', cpuSeconds: lightCpuSeconds, responseMs: 51, fastestMs: null },
        { class: 'heavy', cpuSeconds: 0.0024, responseMs: 2, fastestMs: null },
      ],
      connectionMemory: null,
      idle: null,
    });
    const at = (lightCpuSeconds: number) =>
      closed(
        { throughputPerSecond: 1700 },
        {
          workload: mix,
          pilot: pilotOf(lightCpuSeconds),
          openLoopCpuSeconds: 0.01,
          serverCores: 2,
        },
      );
    expect(at(0.0006)).toEqual([]);
    expect(at(0.0012)).toEqual(['void above-ceiling']);
  });

  test('shows in more requests than all cores can compute, by what a single one costs', () => {
    const pilotOf = (cpuSeconds: number, fastestMs = 1000 * cpuSeconds) => ({
      pilot: {
        server: 'pool',
        workload: 'cpu',
        capacityPerSecond: 1000,
        singleRequests: [{ class: 'cpu', cpuSeconds, responseMs: 2, fastestMs }],
        connectionMemory: null,
        idle: null,
      },
      openLoopCpuSeconds: 0.004,
    });
    expect(closed({}, pilotOf(0.002))).toEqual([]);
    expect(closed({}, pilotOf(0.004))).toEqual(['void above-ceiling']);
    // The machine was slow during all single requests but one.
    expect(closed({}, pilotOf(0.004, 2))).toEqual([]);
    // Too short to be known well.
    expect(closed({ throughputPerSecond: 4000 }, pilotOf(0.0009))).toEqual([]);
  });

  test('does not show in a pilot that the rest of the trial contradicts', () => {
    const pilot = {
      server: 'pool',
      workload: 'cpu',
      capacityPerSecond: 1000,
      singleRequests: [{ class: 'cpu', cpuSeconds: 0.13, responseMs: 132, fastestMs: 130 }],
      connectionMemory: null,
      idle: null,
    };
    expect(closed({}, { pilot, openLoopCpuSeconds: 0.13 })).toEqual(['void above-ceiling']);
    expect(closed({}, { pilot, openLoopCpuSeconds: 0.002 })).toEqual([]);
    expect(closed({}, { pilot, openLoopCpuSeconds: null })).toEqual([]);
  });
});

describe('a connection that is dropped and retried', () => {
  const kernelWith = (counter: 'listenOverflows' | 'listenDrops' | 'synRetransmits') => ({
    kernel: { ...sampleClosedLoop().kernel, [counter]: 1 },
  });
  const slow = { serviceTime: { ...sampleTimes(5000, 64), maxMs: 1001 } };

  test.each(['listenOverflows', 'listenDrops', 'synRetransmits'] as const)(
    'is part of response times where a request took as long: %s',
    (counter) => {
      expect(closed({ ...kernelWith(counter), ...slow })).toEqual(['warn accept-queue']);
      const failed = { requests: { ...counts, ok: counts.ok - 1, timeouts: 1 } };
      expect(closed({ ...kernelWith(counter), ...failed })).toEqual([
        'warn accept-queue',
        'warn failed-requests',
      ]);
    },
  );

  test('was none of these requests where all were quicker', () => {
    expect(closed(kernelWith('listenOverflows'))).toEqual([]);
    expect(closed(slow)).toEqual([]);
  });

  test('explains why fewer requests were in flight', () => {
    const change = { ...slow, connections: 90 };
    expect(closed(change)).toEqual(['void littles-law']);
    expect(closed({ ...change, ...kernelWith('listenOverflows') })).toEqual(['warn accept-queue']);
  });
});

describe('a closed loop that is not steady', () => {
  test('is one that warms up in the window', () => {
    const intervals = intervalsOf(({ completed }, index) =>
      index < 10 ? { completed: completed * 0.5 } : {},
    );
    expect(closed({ intervals })).toEqual(['warn not-steady']);
    expect(measurementWarnings(sampleClosedLoop({ intervals }), context)[0]?.message).toContain(
      'throughput was 50 % lower in the first 1.0 s of the window: the server was still warming up',
    );
  });

  test('is one in which nothing is answered after a while', () => {
    const intervals = intervalsOf((_, index) => (index < 10 ? {} : { completed: 0, inFlight: 0 }));
    expect(measurementWarnings(sampleClosedLoop({ intervals }), context)[0]?.message).toBe(
      'nothing was answered after the first 1.0 s of the window: the mean includes both',
    );
  });

  test('is not known in a window of less than a second', () => {
    const intervals = sampleClosedLoop().intervals.slice(0, 9);
    expect(closed({ intervals })).toEqual(['note steadiness-unknown']);
    expect(closed({ intervals: sampleClosedLoop().intervals.slice(0, 10) })).toEqual([]);
    expect(open({ intervals: sampleOpenLoop().intervals.slice(0, 9) })).toEqual([]);
  });

  test('is one that slows down', () => {
    const intervals = intervalsOf(({ completed }, index) => ({
      completed: completed * (1 - index / 150),
    }));
    expect(closed({ intervals })).toEqual(['warn not-steady']);
    expect(measurementWarnings(sampleClosedLoop({ intervals }), context)[0]?.message).toContain(
      'throughput fell within the window, by 22 % of its mean',
    );
  });

  test('is not one whose last bin is cut off by the end of the window', () => {
    const intervals = intervalsOf((_, index) =>
      index === 49 ? { completed: 0, inFlight: 0, durationSeconds: 0.03 } : {},
    );
    expect(closed({ intervals })).toEqual([]);
  });
});

describe('an open loop', () => {
  const growing = intervalsOf((_, index) => ({ sent: 60, inFlight: 2 + 10 * index }));
  const served = (perSecond: number) => ({
    capacityPerSecond: perSecond,
    servedPerSecond: perSecond,
  });
  const unknown = (perSecond: number | null) => ({
    capacityPerSecond: null,
    servedPerSecond: perSecond,
  });

  test('is overloaded when more is offered than the server handled', () => {
    expect(open({}, served(590))).toEqual(['void overloaded']);
    expect(open({}, served(610))).toEqual([]);
  });

  test('is overloaded at the proportional rate when its queue grows, whatever its capacity was before', () => {
    const own = { rate: 'proportional', intervals: growing } as const;
    expect(open(own, served(1000))).toEqual(['void overloaded']);
    expect(open({ ...own, rate: 'shared' }, served(1000))).toEqual([]);
  });

  test('is overloaded when its queue grows and capacity is near or unknown', () => {
    expect(open({ intervals: growing }, served(620))).toEqual(['void overloaded']);
    expect(open({ intervals: growing }, unknown(620))).toEqual(['void overloaded']);
    expect(open({ intervals: growing }, unknown(null))).toEqual(['void overloaded']);
  });

  test('far below what the server handled has other reasons to queue', () => {
    expect(open({ intervals: growing }, served(1000))).toEqual([]);
    expect(open({ intervals: growing }, unknown(1000))).toEqual([]);
  });

  test('may have bursts', () => {
    const intervals = intervalsOf((_, index) => ({ inFlight: index % 9 === 0 ? 80 : 2 }));
    expect(open({ intervals }, served(620))).toEqual([]);
  });

  test('may end in a burst, unless it is near its capacity', () => {
    const intervals = intervalsOf((_, index) => ({ inFlight: index < 44 ? 2 : 2000 }));
    expect(open({ intervals, rate: 'proportional' })).toEqual([]);
    expect(open({ intervals }, unknown(620))).toEqual([]);
    expect(open({ intervals }, served(620))).toEqual(['void overloaded']);
  });
});

describe('a server', () => {
  const silent = (bins: number) =>
    intervalsOf((_, index) => (index >= 20 && index < 20 + bins ? { completed: 0 } : {}));

  test('that is silent for half a second with requests in flight has stalled', () => {
    expect(open({ intervals: silent(4) })).toEqual([]);
    expect(open({ intervals: silent(5) })).toEqual(['warn stalled']);
    const idle = silent(8).map((interval) => ({ ...interval, inFlight: 0 }));
    expect(open({ intervals: idle })).toEqual([]);
  });

  test('that always takes long has not', () => {
    expect(open({ intervals: silent(8), serviceTime: sampleTimes(3000, 200) })).toEqual([]);
  });

  test('whose processes end raises a warning', () => {
    expect(closed({ server: { ...resources, processesReplaced: 1 } })).toEqual([
      'warn workers-restarted',
    ]);
  });
});

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
    expect(
      measurementWarnings(sampleClosedLoop(answers([...quick, ...late])), context)[0]?.message,
    ).toContain('30 % of the answers');
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

describe('a window in which other programs ran', () => {
  const busy = (busyCpuSeconds: number) => ({ host: { busyCpuSeconds, stealSeconds: 0 } });

  test('is noisy with more than 0.15 of a core beyond what the measurement itself explains', () => {
    expect(closed(busy(6.5))).toEqual([]);
    expect(closed(busy(6.6))).toEqual(['warn noisy-neighbour']);
    expect(closed(busy(8), { cpusOnline: 64 })).toEqual([]);
  });

  test('is noisy when the hypervisor gives CPU time to other virtual machines', () => {
    expect(closed({ host: { busyCpuSeconds: 5.6, stealSeconds: 0.11 } })).toEqual([
      'warn cpu-stolen',
    ]);
  });

  test('warns of a CPU quota that was used up in at least one of fifty periods', () => {
    const throttled = (throttledPeriods: number, periods = 50) =>
      closed({ throttling: { periods, throttledPeriods, throttledSeconds: 0.5 } });
    expect(throttled(1)).toEqual(['warn cpu-throttled']);
    expect(throttled(1, 51)).toEqual([]);
    expect(throttled(0, 0)).toEqual([]);
    expect(closed({ throttling: null })).toEqual([]);
  });

  test('counts as disturbed by what the host shows, whatever the server did', () => {
    const failed = { requests: { ...counts, ok: 0, errors: counts.sent }, throughputPerSecond: 0 };
    const machine = { cpusOnline: 2 };
    expect(disturbanceOf(sampleClosedLoop(failed), machine)).toBeNull();
    expect(disturbanceOf(sampleClosedLoop({ ...failed, ...busy(6.6) }), machine)).not.toBeNull();
    const stolen = { host: { busyCpuSeconds: 5.6, stealSeconds: 0.11 } };
    expect(disturbanceOf(sampleClosedLoop({ ...failed, ...stolen }), machine)).not.toBeNull();
    const unknown = { host: { busyCpuSeconds: null, stealSeconds: null } };
    expect(disturbanceOf(sampleClosedLoop(unknown), machine)).toBeNull();
  });
});

describe('a server that is pinned to some of the CPUs', () => {
  const codesOn = (serverCpus: number[], change: Partial<Measurement>) => {
    const document = sampleDocument({}, []);
    const mode = 'isolated' as const;
    const singleRequests = [{ class: 'cpu', cpuSeconds: 0.002, responseMs: 2, fastestMs: null }];
    const { measurements } = withWarnings(
      sampleTrial({ server: 'pool' }, [sampleClosedLoop(change), sampleOpenLoop()]),
      {
        trials: [],
        environment: { ...document.environment, cpusAvailable: 4, cpusOnline: 4 },
        plan: { ...document.plan, cpuLayout: { mode, serverCpus, clientCpus: [3] } },
        pilots: [
          {
            server: 'pool',
            workload: 'cpu',
            capacityPerSecond: 900,
            singleRequests,
            connectionMemory: null,
            idle: null,
          },
        ],
      },
    );
    return measurements[0]?.warnings.map(({ code }) => code);
  };

  test('cannot compute more than those can', () => {
    expect(codesOn([0, 1, 2], {})).toEqual([]);
    expect(codesOn([], {})).toEqual([]);
    expect(codesOn([0], {})).toEqual(['above-ceiling']);
  });

  test('leaves none idle when it keeps those busy', () => {
    const client = { ...resources, cpuSeconds: 0.5, runQueueDelaySeconds: 3.5 };
    const server = { ...resources, cpuSeconds: 9 };
    const host = { busyCpuSeconds: 9.7, stealSeconds: 0 };
    expect(codesOn([0, 1], { client, server, host })).toEqual([]);
    expect(codesOn([0, 1, 2], { client, server, host })).toEqual(['generator-starved']);
  });
});

describe('a closed loop that its connections limit', () => {
  const io = {
    ...sampleWorkload('io'),
    classes: [{ name: 'io', weight: 1, path: '/io?ms=50', waitMs: 50 }],
  };
  const codesAt = (throughputPerSecond: number, change: Partial<Measurement> = {}) => {
    const trial = sampleTrial({ server: 'pool', workload: 'io' }, [
      sampleClosedLoop({ throughputPerSecond }),
      sampleOpenLoop({ offeredPerSecond: 2000, ...change }),
    ]);
    const [, second] = withWarnings(trial, sampleDocument({ workloads: [io] }, [])).measurements;
    return second?.warnings.map(({ code }) => code);
  };
  const growing = intervalsOf((_, index) => ({ sent: 200, inFlight: 100 + 30 * index }));

  test('does not limit what an open loop may offer', () => {
    // 64 connections that wait 50 ms each cannot ask for more than 1,280 requests/s.
    expect(codesAt(1250)).toEqual([]);
    expect(codesAt(1000)).toEqual(['overloaded']);
  });

  test('may have been limited by other programs just as well', () => {
    const disturbed = (busyCpuSeconds: number) => {
      const host = { busyCpuSeconds, stealSeconds: 0 };
      const trial = sampleTrial({ server: 'pool' }, [
        sampleClosedLoop({ throughputPerSecond: 300, host }),
        sampleOpenLoop(),
      ]);
      const [, second] = withWarnings(trial, sampleDocument({}, [])).measurements;
      return second?.warnings.map(({ code }) => code);
    };
    expect(disturbed(5.6)).toEqual(['overloaded']);
    expect(disturbed(9)).toEqual([]);
  });

  test('leaves the growth of the queue to show an overload', () => {
    expect(codesAt(1250, { intervals: growing })).toEqual(['overloaded']);
  });
});

test('the measurements of a trial get their warnings, by what the run knows', () => {
  const trial = sampleTrial({ server: 'pool' }, [
    sampleClosedLoop({ throughputPerSecond: 500 }),
    sampleOpenLoop(),
  ]);
  const [first, second] = withWarnings(trial, sampleDocument({}, [])).measurements;
  expect(first?.warnings).toEqual([]);
  expect(second?.warnings).toMatchObject([{ code: 'overloaded', severity: 'void' }]);
  expect(trial.measurements[1]?.warnings).toEqual([]);
});

test('loads of the curve pass the gates too; without a closed loop of their own, by the last one before', () => {
  const earlier = sampleTrial({ block: 0 }, [sampleClosedLoop({ throughputPerSecond: 50 })]);
  const document = sampleDocument({}, [earlier]);
  const curve = [40, 60].map((offeredPerSecond) => sampleOpenLoop({ offeredPerSecond }));
  const later = { ...sampleTrial({ block: 1 }, [sampleClosedLoop()]), measurements: [], curve };
  const tested = withWarnings(later, document);
  expect(tested.curve.map(({ warnings }) => warnings.map(({ code }) => code))).toEqual([
    [],
    ['overloaded'],
  ]);
});
