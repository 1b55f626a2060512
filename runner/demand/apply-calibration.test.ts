import { expect, test } from '@jest/globals';
import { servers } from '../../servers/index.ts';
import { mixed } from '../../workloads/mixed.ts';
import type { PlannedTrial, WorkloadToRun } from '../plan/plan.ts';
import { applyCalibration } from './apply-calibration.ts';
import { calibratableIn, calibrationTarget } from './calibratable.ts';

const toRun = servers.map((server) => ({ server, workers: 2 }));
const parameters = { ms: 50, n: 27, times: 1, light: 1, heavy: 1 };
const workload: WorkloadToRun = {
  workload: mixed,
  servers: toRun,
  parameters,
  classes: mixed.requests(parameters),
};

test('a trial asks its own server what was settled for it, and checks the answers to that', () => {
  const [server, other] = toRun;
  if (!server || !other) throw new Error('there are servers');
  const trial: PlannedTrial = { block: 0, position: 0, purpose: 'comparison', server, workload };
  const demand = {
    server: server.server.name,
    workload: 'mixed',
    class: 'heavy',
    parameters: { ...parameters, n: 10, times: 200 },
    path: '/cpu?n=10&times=200',
    targetCpuSeconds: 0.002,
    cpuSeconds: 0.002,
    reason: null,
  };
  expect(applyCalibration(trial, [demand]).workload.classes).toMatchObject([
    { name: 'light', path: '/io?ms=50' },
    { name: 'heavy', path: '/cpu?n=10&times=200', expectedBody: '200 * fib(10) = 11000\n' },
  ]);
  expect(applyCalibration({ ...trial, server: other }, [demand]).workload.classes).toBe(
    workload.classes,
  );
});

test('the pieces of a workload are thousands of times smaller, however its size was given', () => {
  const piecesOf = (n: number, times: number) =>
    calibratableIn({
      workloads: [{ ...workload, parameters: { ...parameters, n, times } }],
    })[0]?.requestFor(7).path;
  expect(piecesOf(27, 1)).toBe('/cpu?n=10&times=7');
  expect(piecesOf(22, 11)).toBe('/cpu?n=10&times=7');
  expect(piecesOf(5, 1)).toBe('/cpu?n=0&times=7');
});

test('the first model sets the target, wherever it stands; without one the first server does', () => {
  const reference = toRun.filter(({ server }) => server.kind === 'reference');
  expect(calibrationTarget([...reference, ...toRun])?.server.name).toBe('event-loop');
  expect(calibrationTarget(reference)).toBe(reference[0]);
});
