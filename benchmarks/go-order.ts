import { rm } from 'node:fs/promises';
import { shapeByBlock, shapes, shapeText } from './go-order/shapes.ts';
import { buildVariants } from './go-order/variants.ts';
import { conduct } from './trust/conduct.ts';
import { tellErrorsPlainly } from './trust/plain-errors.ts';
import { logTrials } from './trust/progress.ts';
import { markdownTable } from './trust/table.ts';

/**
 * What makes the slowest requests of Go slower than those of the pool: the Go server beside itself with computations
 * in order, with a P to spare, and with both, which is how the pool works.
 *
 *   npm run benchmark:go-order
 *
 * About eight minutes.
 */
tellErrorsPlainly();
const reference = 'go-net-http';
const { variants, folder } = await buildVariants();
try {
  const document = await conduct(
    {
      name: 'go-order',
      flags: {
        model: reference,
        exec: variants.map(({ command }) => command),
        name: variants.map(({ name }) => name),
        workload: 'cpu?n=28,mixed?n=28',
        blocks: '6',
        duration: '2s',
      },
    },
    logTrials,
  );
  const servers = [{ name: reference, about: 'as it is' }, ...variants];
  const rows = servers.map(({ name, about }) => [
    name,
    about,
    ...shapes.map((shape) =>
      shapeText(
        shapeByBlock(document, name, shape),
        name === reference ? new Map() : shapeByBlock(document, reference, shape),
      ),
    ),
  ]);
  console.log(
    markdownTable(['server', 'what is different', ...shapes.map(({ title }) => title)], rows),
  );
} finally {
  await rm(folder, { recursive: true });
}
