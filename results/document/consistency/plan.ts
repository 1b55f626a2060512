import type { RunDocument } from '../run-document.ts';
import { quoted, repeatedIn } from './names.ts';

type Plan = RunDocument['plan'];

export function* contradictionsInPlan({ servers, workloads }: Plan): Generator<string> {
  yield* repeated('the plan has two servers named', servers);
  yield* repeated('the plan has two workloads named', workloads);
  const names = new Set(servers.map(({ name }) => name));
  for (const workload of workloads) {
    const subject = `the workload ${quoted(workload.name)}`;
    const unknown = workload.servers.find((name) => !names.has(name));
    if (unknown !== undefined) {
      yield `${subject} is to be asked of ${quoted(unknown)}, a server that the plan does not have`;
    }
    const twice = repeatedIn(workload.servers);
    if (twice !== undefined) yield `${subject} is to be asked of ${quoted(twice)} twice`;
    yield* repeated(`${subject} has two classes named`, workload.classes);
  }
}

function* repeated(what: string, named: readonly { readonly name: string }[]): Generator<string> {
  const name = repeatedIn(named.map((one) => one.name));
  if (name !== undefined) yield `${what} ${quoted(name)}`;
}

/** The names that the rest of a document may use. */
export class PlannedNames {
  readonly #servers: ReadonlySet<string>;
  readonly #workloads: ReadonlyMap<string, { servers: Set<string>; classes: Set<string> }>;

  constructor({ servers, workloads }: Plan) {
    this.#servers = new Set(servers.map(({ name }) => name));
    this.#workloads = new Map(
      workloads.map((workload) => [
        workload.name,
        {
          servers: new Set(workload.servers),
          classes: new Set(workload.classes.map(({ name }) => name)),
        },
      ]),
    );
  }

  hasClass(workload: string, name: string): boolean {
    return this.#workloads.get(workload)?.classes.has(name) ?? false;
  }

  /** What is wrong with the server and the workload that something names. */
  *contradictionsIn(
    what: string,
    { server, workload }: { readonly server: string; readonly workload: string },
  ): Generator<string> {
    const planned = this.#workloads.get(workload);
    if (!this.#servers.has(server)) {
      yield `${what} names the server ${quoted(server)}, which the plan does not have`;
    } else if (!planned) {
      yield `${what} names the workload ${quoted(workload)}, which the plan does not have`;
    } else if (!planned.servers.has(server)) {
      yield `${what} asks ${quoted(workload)} of ${quoted(server)}, which the plan does not`;
    }
  }
}
