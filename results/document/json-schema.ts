import { z } from 'zod';
import {
  distributionSchema,
  measurementSchema,
  requestCountsSchema,
  warningSchema,
} from './measurement.ts';
import { runDocumentSchema } from './run-document.ts';

/** Parts that occur in several places are defined once. */
const parts = z.registry<{ id: string }>();
parts.add(measurementSchema, { id: 'measurement' });
parts.add(warningSchema, { id: 'warning' });
parts.add(distributionSchema, { id: 'distribution' });
parts.add(requestCountsSchema, { id: 'requestCounts' });

/** The JSON Schema of a run document of the current version, for programs that read run.json. */
export function runDocumentJsonSchema(): object {
  return {
    title: 'A run of concurrency-bench: run.json',
    ...z.toJSONSchema(runDocumentSchema, {
      io: 'input',
      metadata: parts,
      override({ jsonSchema }) {
        if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
        if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      },
    }),
  };
}
