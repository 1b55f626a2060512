import type { Task } from '../runtime.ts';

/** The n-th Fibonacci number by naive double recursion: pure computation, no allocation, easy in any language. */
export function fibonacci(n: number): number {
  return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

export const fibonacciTask: Task<number, number> = {
  moduleUrl: import.meta.url,
  exportName: 'fibonacciTask',
  run: fibonacci,
};
