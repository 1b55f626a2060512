import { readSettings } from '../kit/model-process.ts';
import { servePool } from './serve-pool.ts';

await servePool(readSettings());
