import { UsageError } from '../errors.ts';

/**
 * CPU numbers from the kernel's list format: `0-2,5`.
 * @throws UsageError that names the flag
 */
export function parseCpuList(flag: string, text: string): number[] {
  const ranges = text.split(',').map((part) => /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(part.trim()));
  return ranges.flatMap((range) => {
    const first = Number(range?.[1]);
    const last = Number(range?.[2] ?? first);
    if (!(first <= last)) {
      throw new UsageError(`${flag} must be a list of CPUs such as 0-2,5; "${text}" is not.`);
    }
    return Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
  });
}
