import type { Task } from './runtime.ts';

/** The n-th Fibonacci number by naive double recursion: pure computation, no allocation, easy in any language. */
export function fibonacci(n: number): number {
  return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

export const fibonacciTask: Task<number, number> = {
  moduleUrl: import.meta.url,
  exportName: 'fibonacciTask',
  run: fibonacci,
};

/** A computation and how often it is repeated. */
export interface Repeated {
  readonly n: number;
  readonly times: number;
}

/** The sum of the n-th Fibonacci number, computed `times` times. */
function repeatFibonacci({ n, times }: Repeated): number {
  let sum = 0;
  for (let done = 0; done < times; done += 1) sum += fibonacci(n);
  return sum;
}

export const repeatFibonacciTask: Task<Repeated, number> = {
  moduleUrl: import.meta.url,
  exportName: 'repeatFibonacciTask',
  run: repeatFibonacci,
};
