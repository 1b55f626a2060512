import type { PlannedServer } from './document/run-document.ts';
import {
  type ConcurrencyModel,
  eventLoop,
  pool,
  prefork,
  processorSharing,
} from './statistics/queueing/models.ts';

const models: Readonly<Record<string, ConcurrencyModel>> = {
  'event-loop': eventLoop,
  prefork,
  pool,
};

/**
 * What queueing theory takes a server for; null for one of which nothing is known. A real system is expected to do as
 * the model that stands for it; but Go's scheduler preempts.
 */
export function queueingModelOf({
  name,
  kind,
  modelledBy,
}: Pick<PlannedServer, 'name' | 'kind' | 'modelledBy'>): ConcurrencyModel | null {
  if (kind === 'custom') return null;
  const family = modelledBy ?? name;
  if (kind === 'reference' && family === 'pool') return processorSharing;
  return Object.hasOwn(models, family) ? (models[family] ?? null) : null;
}
