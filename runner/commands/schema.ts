import { runDocumentJsonSchema } from '../../results/document/json-schema.ts';

/** `bench schema`: prints the JSON Schema of run.json. */
export function schema(): void {
  process.stdout.write(`${JSON.stringify(runDocumentJsonSchema(), null, 2)}\n`);
}
