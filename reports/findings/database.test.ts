import { expect, test } from '@jest/globals';
import type { Measurement, RunDocument } from '../../results/document/run-document.ts';
import {
  sampleClosedLoop,
  sampleDocument,
  sampleTrial,
  sampleWorkload,
} from '../../test/sample-document.ts';
import { databaseNote } from './database.ts';

const workload = sampleWorkload('crud');

/** A closed loop of 5 s in which server and database used so many cores. */
function loop(serverCores: number, databaseCores: number): Measurement {
  const { server } = sampleClosedLoop();
  return sampleClosedLoop({
    server: { ...server, cpuSeconds: 5 * serverCores },
    database: { ...server, cpuSeconds: 5 * databaseCores, pssBytes: 72 * 2 ** 20 },
    host: { busyCpuSeconds: 5 * (serverCores + databaseCores + 0.1), stealSeconds: 0 },
  });
}

function documentOf(
  loops: Readonly<Record<string, Measurement>>,
  database: RunDocument['plan']['database'],
): RunDocument {
  const trials = Object.entries(loops).map(([server, measurement]) =>
    sampleTrial({ server, workload: 'crud' }, [measurement]),
  );
  const document = sampleDocument({ servers: Object.keys(loops), workloads: [workload] }, trials);
  return { ...document, plan: { ...document.plan, database } };
}

const embedded = { version: 'PostgreSQL 18.4', isOwn: false, connectionsEach: 10 };

test('a report says which database the servers used, and its CPU time and memory', () => {
  const loops = { 'event-loop': loop(0.9, 0.5), pool: loop(0.8, 1.04) };
  expect(databaseNote(documentOf(loops, embedded))).toBe(
    'Database: PostgreSQL 18.4, started by this run, on the CPUs of the servers; at most 10 connections for each server, or one for each of its workers. CPU use on crud: 0.5 cores with the event loop and 1.0 with the pool (closed loop). Its memory was up to 72 MiB.',
  );
});

test('a database whose processes are unknown is said to be so', () => {
  const loops = { pool: sampleClosedLoop() };
  expect(databaseNote(documentOf(loops, { ...embedded, isOwn: true }))).toBe(
    'Database: PostgreSQL 18.4, your own; at most 10 connections for each server, or one for each of its workers. Its CPU time is unknown.',
  );
});

test('a run without a database says nothing about one', () => {
  expect(databaseNote(documentOf({ pool: sampleClosedLoop() }, null))).toBeNull();
});
