import { z } from 'zod';
import { unknownName } from './flag-values.ts';

/** An object with these keys only; a wrong one is refused with the closest that is right. */
export const knownKeys = <Shape extends z.ZodRawShape>(shape: Shape, mistake: string) =>
  z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys') return mistake;
      return unknownName('key', Object.keys(shape), issue.keys[0] ?? '');
    },
  });
