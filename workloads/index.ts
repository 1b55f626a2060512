import { cpu } from './cpu/cpu.ts';
import { fanout } from './fanout/fanout.ts';
import { hello } from './hello/hello.ts';
import { io } from './io/io.ts';
import { mixed } from './mixed/mixed.ts';
import type { Workload } from './workload.ts';

/** Every workload, in the order that listings and reports use. */
export const workloads: readonly Workload[] = [hello, io, cpu, mixed, fanout];
