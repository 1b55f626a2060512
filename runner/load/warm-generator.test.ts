import { expect, test } from '@jest/globals';
import type { ClosedLoad } from './load.ts';
import { WarmGenerator } from './warm-generator.ts';

test('a second load is refused while the first one runs, so that no result is of another server', async () => {
  const load: ClosedLoad = {
    loop: 'closed',
    host: '127.0.0.1',
    port: 1,
    connections: 1,
    warmupSeconds: 0,
    windowSeconds: 60,
    timeoutSeconds: 1,
    seed: 1,
    classes: [{ name: 'ok', weight: 1, path: '/', expectedBody: 'ok\n' }],
  };
  const generator = new WarmGenerator({ processes: 1 });
  const first = generator.run(load, () => undefined);
  await expect(generator.run(load, () => undefined)).rejects.toThrow('has not ended its last load');
  await generator.stop();
  await expect(first).rejects.toThrow('the load generator');
});
