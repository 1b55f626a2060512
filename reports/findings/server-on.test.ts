import { expect, test } from '@jest/globals';
import {
  sampleClosedLoop,
  sampleDocument,
  sampleLoadWorker,
  sampleTrial,
} from '../../test/sample-document.ts';
import { serverOnNote } from './server-on.ts';

const serverOn = {
  via: 'ssh',
  hostname: 'app1',
  address: '192.0.2.7',
  roundTripMs: 0.21,
  sharesCpus: false,
  runner: {
    hostname: 'load1',
    cpuModel: 'a CPU',
    cpusAvailable: 8,
    operatingSystem: 'Debian',
    kernel: 'Linux 6.1',
  },
};

const noteOf = (change: Partial<typeof serverOn>) => {
  const document = sampleDocument({}, []);
  return serverOnNote({
    ...document,
    plan: { ...document.plan, serverOn: { ...serverOn, ...change } },
  });
};

test('says which machine the servers ran on, and how far it is', () => {
  const note = noteOf({});
  expect(note).toMatch(
    /^The servers ran on app1 \(\d+ cores?, .*\) through ssh, and the load came/,
  );
  expect(note).toContain('from load1 (8 cores, Linux 6.1)');
  expect(note).toContain('192.0.2.7: a connection took 0.21 ms');
});

test('says that a container has the CPUs of the load generator', () => {
  expect(noteOf({ sharesCpus: true })).toContain('on the CPUs of the load generator');
});

test('leaves the way of the load to the note on load workers, where they sent it', () => {
  const window = sampleClosedLoop({ loadWorkers: [sampleLoadWorker()] });
  const document = sampleDocument({}, [sampleTrial({}, [window])]);
  const note = serverOnNote({ ...document, plan: { ...document.plan, serverOn } });
  expect(note).toMatch(/^The servers ran on app1 \(.*\) through ssh, at 192\.0\.2\.7\.$/);
});

test('says nothing of servers beside the load generator', () => {
  expect(serverOnNote(sampleDocument({}, []))).toBeNull();
});
