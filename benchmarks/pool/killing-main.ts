import { seededRandom } from '../../results/statistics/random.ts';
import { workerThreads } from '../../servers/pool/main.ts';

/** The pool, which kills one of its worker threads at random ten times a second, and counts. */
const random = seededRandom(1);
let killed = 0;
setInterval(() => {
  const up = [...workerThreads.threads.values()];
  const victim = up[Math.floor(random() * up.length)];
  if (!victim) return;
  killed += 1;
  console.log(`${killed} killed`);
  void victim.terminate();
}, 100);
