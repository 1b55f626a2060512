import { runDocumentJsonSchema } from '../../results/document/json-schema.ts';
import { configurationJsonSchema } from '../config/configuration.ts';
import { findByName } from '../plan/flag-values.ts';

const schemas = [
  { name: 'run', make: runDocumentJsonSchema },
  { name: 'config', make: configurationJsonSchema },
];

/** `bench schema`: prints the JSON Schema of run.json, or of a configuration file. */
export function schema(name: string): void {
  const { make } = findByName('schema', schemas, name);
  process.stdout.write(`${JSON.stringify(make(), null, 2)}\n`);
}
