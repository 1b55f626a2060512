import type { Request } from 'express';
import {
  type ParameterTable,
  type ParameterValues,
  parseParameters,
} from '../../../workloads/parameters.ts';

/** @throws ParameterError */
export function parametersOf<Table extends ParameterTable>(
  table: Table,
  { path, url }: Request,
): ParameterValues<Table> {
  const question = url.indexOf('?');
  return parseParameters(table, path, question < 0 ? '' : url.slice(question + 1));
}
