export {
  formatNumber,
  formatRaw,
  formatWithRange,
  joinWithAnd as listed,
  plural,
  type Range,
} from '../../results/format.ts';
