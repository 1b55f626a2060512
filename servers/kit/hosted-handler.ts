import { application } from '../../workloads/application.ts';
import type { Handler } from '../../workloads/runtime.ts';
import { appOfThisProcess } from '../app/app.ts';
import { importApp } from '../app/import-app.ts';

/** What a model's listener hosts. */
export interface HostedHandler {
  readonly handler: Handler;
  /** False where requests do not show when they wait and compute: Fetch handlers. */
  readonly isTraceable: boolean;
}

/** The handler that this process hosts: the application, or that of a module of the user's own. */
export async function loadHandler(): Promise<HostedHandler> {
  const app = appOfThisProcess();
  if (!app) return { handler: application, isTraceable: true };
  const { kind, handler } = await importApp(app.moduleUrl);
  return { handler, isTraceable: kind === 'handler' };
}
