import { expect, test } from '@jest/globals';
import { rankWorkloads } from '../../results/verdicts/ranking.ts';
import { golden } from '../../test/golden/documents.ts';
import { sampleClosedLoop, sampleDocument, sampleTrial } from '../../test/sample-document.ts';
import { notesOn } from './notes.ts';

const voided = { code: 'x', severity: 'void', message: 'it was odd', advice: '' } as const;

/** Six blocks, some of them void for the second server, and one more for the third. */
function notes(voidBlocks: number): string {
  const trials = ['pool', 'prefork', 'event-loop'].flatMap((server, index) =>
    Array.from({ length: 6 }, (_, block) => {
      const warnings = index > 0 && block < voidBlocks + index - 1 ? [voided] : [];
      const throughputPerSecond = 1000 / (index + 1) + block;
      return sampleTrial({ block, server, warnings }, [sampleClosedLoop({ throughputPerSecond })]);
    }),
  );
  const document = sampleDocument({ servers: ['pool', 'prefork', 'event-loop'] }, trials);
  return notesOn(document, rankWorkloads(document)).join(' ');
}

test('say that a server that was already running has no start-to-start variation', () => {
  const trials = ['pool', 'mine'].map((server) => sampleTrial({ server }, [sampleClosedLoop()]));
  const document = sampleDocument({ servers: ['pool', 'mine'] }, trials);
  expect(notesOn(document, []).join(' ')).not.toContain('already running');
  const servers = document.plan.servers.map((server) =>
    server.name === 'mine' ? { ...server, attached: true as const } : server,
  );
  expect(notesOn({ ...document, plan: { ...document.plan, servers } }, []).join(' ')).toContain(
    'mine was already running and was not restarted between trials',
  );
});

test('say that parallelism cannot show on one CPU, and why there is one', () => {
  const trials = ['pool', 'prefork'].map((server) => sampleTrial({ server }, [sampleClosedLoop()]));
  const document = sampleDocument({ servers: ['pool', 'prefork'] }, trials);
  const onOne = (change: object, serverCpus: number[] = []) => {
    const environment = { ...document.environment, ...change };
    const cpuLayout = { ...document.plan.cpuLayout, serverCpus };
    return notesOn({ ...document, environment, plan: { ...document.plan, cpuLayout } }, []).join(
      ' ',
    );
  };
  const words = 'computations cannot run in parallel';
  expect(onOne({ cpusAvailable: 1 })).toContain(`This machine has one CPU: ${words}`);
  expect(onOne({ cpusAvailable: 1, container: true })).toContain(
    `This container has one CPU: ${words}`,
  );
  expect(onOne({ cpusAvailable: 2 }, [0])).toContain(
    `The servers were pinned to one CPU: ${words}`,
  );
  expect(onOne({ cpusAvailable: 2 })).not.toContain(words);
});

test('say how many blocks the ratios rest on, not how many were run', () => {
  expect(notes(2)).toContain('geometric mean over 3 to 4 blocks');
  expect(notes(0)).toContain('geometric mean over 5 to 6 blocks');
});

test('say how many cores an event loop kept busy where Node.js has other threads compute', () => {
  const document = structuredClone(golden('full'));
  const marked = document.plan.workloads.map((workload) => ({
    ...workload,
    classes: workload.classes.map((one) => ({
      ...one,
      ...(workload.name !== 'io' && { computesInBackground: true as const }),
    })),
  }));
  const inBackground = { ...document, plan: { ...document.plan, workloads: marked } };
  expect(notesOn(document, []).join(' ')).not.toContain('One thread');
  expect(notesOn(inBackground, []).join(' ')).not.toContain('One thread');
  for (const { measurements } of inBackground.trials) {
    for (const { server, windowSeconds } of measurements) server.cpuSeconds = 1.84 * windowSeconds;
  }
  expect(notesOn(inBackground, []).join(' ')).toMatch(
    /JavaScript runs in one thread, but Node\.js hashes passwords in others: the event loop kept 1\.8 cores busy on cpu and 1\.8 cores busy on mixed\./,
  );
});
