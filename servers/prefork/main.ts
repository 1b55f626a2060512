import cluster from 'node:cluster';
// In a worker it loads the module that it was started for, worker.ts.
import 'cluster-service';

if (cluster.isPrimary) {
  const { runPrimary } = await import('./primary.ts');
  await runPrimary();
}
