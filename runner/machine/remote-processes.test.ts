import { expect, test } from '@jest/globals';
import { probeServer } from '../probes/server-window.ts';
import { trusted } from './remote-processes.ts';

test('what was read over another time than the window is unknown, and the rest is kept', async () => {
  const probe = probeServer(process.pid, { read: () => [] });
  const readings = { ...(await probe.readings()), seconds: 1 };
  expect(trusted(readings, 1.05)).toBe(readings);
  const late = trusted(readings, 1.5);
  expect(late.server.cpuSeconds).toBeNull();
  expect(late.host.busyCpuSeconds).toBeNull();
  expect(late.kernel).toEqual(readings.kernel);
});
