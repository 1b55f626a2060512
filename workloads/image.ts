import { thumbnailTask } from './thumbnail.ts';
import type { Workload } from './workload.ts';

const parameters = {
  width: {
    default: 1200,
    minimum: 32,
    maximum: 2400,
    unit: 'px',
    about: 'width of the picture; its height is three quarters, its thumbnail an eighth of it',
  },
  seed: {
    default: 1,
    minimum: 0,
    maximum: 1_000_000,
    unit: '',
    about: 'which picture',
  },
} as const;

/** Computing on megabytes, for an answer of kilobytes: a picture is made and shrunk. */
export const image: Workload<typeof parameters> = {
  name: 'image',
  summary: 'each request makes a thumbnail of a picture',
  parameters,
  handle: (picture, runtime) => runtime.compute(thumbnailTask, picture),
  requests: ({ width, seed }) => [
    {
      name: 'image',
      weight: 1,
      path: `/image?width=${width}&seed=${seed}`,
      expectedBody: thumbnailTask.run({ width, seed }),
      waitMs: 0,
    },
  ],
};
