import { seededRandom } from '../../results/statistics/random.ts';
import { readSettings } from '../../servers/kit/model-process.ts';
import { servePool } from '../../servers/pool/serve-pool.ts';

/** The pool, which kills one of its worker threads at random ten times a second, and counts. */
const { threads } = await servePool(readSettings());
const random = seededRandom(1);
let killed = 0;
setInterval(() => {
  const up = [...threads.values()];
  const victim = up[Math.floor(random() * up.length)];
  if (!victim) return;
  killed += 1;
  console.log(`${killed} killed`);
  void victim.terminate();
}, 100);
