import { expect, test } from '@jest/globals';
import { servers } from '../../servers/index.ts';
import { mixed } from '../../workloads/mixed.ts';
import type { ConfiguredWorkload, PlannedTrial } from '../plan/plan.ts';
import { applyCalibration, calibratableIn, calibrationTarget } from './calibratable.ts';

const configured = servers.map((server) => ({ ...server, workers: 2 }));
const parameters = { ms: 50, n: 27, times: 1, light: 1, heavy: 1 };
const workload: ConfiguredWorkload = {
  name: 'mixed',
  summary: mixed.summary,
  definition: mixed,
  servers: configured.map(({ name }) => name),
  sweptServers: [],
  objectives: [],
  parameters,
  classes: mixed.requests(parameters),
};

test('a trial sends its server the calibrated request, and expects its answer', () => {
  const [server, other] = configured;
  if (!server || !other) throw new Error('there are servers');
  const trial: PlannedTrial = {
    server,
    workload,
    block: 0,
    position: 0,
    purpose: 'comparison',
    sweep: null,
    curveOnly: false,
  };
  const calibrated = {
    server: server.name,
    workload: 'mixed',
    class: 'heavy',
    parameters: { ...parameters, n: 10, times: 200 },
    path: '/cpu?n=10&times=200',
    targetCpuSeconds: 0.002,
    cpuSeconds: 0.002,
    reason: null,
  };
  expect(applyCalibration(trial, [calibrated]).workload.classes).toMatchObject([
    { name: 'light', path: '/io?ms=50' },
    { name: 'heavy', path: '/cpu?n=10&times=200', expectedBody: '200 * fib(10) = 11000\n' },
  ]);
  expect(applyCalibration({ ...trial, server: other }, [calibrated]).workload.classes).toBe(
    workload.classes,
  );
});

test('the pieces of a workload are thousands of times smaller, however its size was given', () => {
  const piecesOf = (n: number, times: number) =>
    calibratableIn([{ ...workload, parameters: { ...parameters, n, times } }])[0]?.requestFor(7)
      .path;
  expect(piecesOf(27, 1)).toBe('/cpu?n=10&times=7');
  expect(piecesOf(22, 11)).toBe('/cpu?n=10&times=7');
  expect(piecesOf(5, 1)).toBe('/cpu?n=0&times=7');
});

test('the first model sets the target, whatever its position; without a model the first server does', () => {
  const references = configured.filter(({ kind }) => kind === 'reference');
  expect(calibrationTarget([...references, ...configured])?.name).toBe('event-loop');
  expect(calibrationTarget(references)).toBe(references[0]);
});
