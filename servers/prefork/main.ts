import cluster from 'node:cluster';
// In a worker process this import loads worker.ts.
import 'cluster-service';

if (cluster.isPrimary) {
  const { runPrimary } = await import('./primary.ts');
  await runPrimary();
}
