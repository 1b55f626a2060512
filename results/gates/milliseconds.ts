/** "0.35 ms", "2.5 ms", "180 ms", "1,200 ms" */
export function milliseconds(ms: number): string {
  return `${Number(ms.toPrecision(2)).toLocaleString('en-US')} ms`;
}
