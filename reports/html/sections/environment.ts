import type { RunDocument } from '../../../results/document/run-document.ts';
import { plural } from '../../findings/numbers.ts';
import { type Html, html } from '../html.ts';

const generatorPrecedence = (isRealTime: boolean | null): string =>
  isRealTime === null
    ? 'of unknown precedence'
    : isRealTime
      ? 'at real-time priority: on cores that it shares with servers, it runs before them'
      : 'at usual priority: on cores that it shares with servers, it waits for its turn';

/** The machine, the servers and the plan that the numbers hold for. */
export function environment(document: RunDocument): Html {
  const { environment, plan, seed, command, startedAt, finishedAt } = document;
  const cpus =
    environment.cpusAvailable === environment.cpusOnline
      ? plural(environment.cpusOnline, 'core')
      : `${environment.cpusAvailable} of ${plural(environment.cpusOnline, 'core')} available`;
  const facts: [string, Html | string][] = [
    ['CPU', `${environment.cpuModel}, ${cpus}`],
    ['Memory', `${(environment.memoryBytes / 2 ** 30).toFixed(1)} GiB`],
    [
      'System',
      `${environment.operatingSystem}, ${environment.kernel}, ${environment.architecture}${environment.container ? ', in a container' : ''}`,
    ],
    ['Node.js', environment.nodeVersion],
    [
      'concurrency-bench',
      `${environment.benchVersion}${environment.commit === null ? '' : `, commit ${environment.commit}`}`,
    ],
    [
      'Limits',
      `${environment.openFilesLimit ?? 'unknown number of'} open files, listen backlog ${environment.listenBacklogLimit ?? 'unknown'}`,
    ],
    ['Load generator', generatorPrecedence(environment.realTimeGenerator)],
    [
      'Plan',
      `${plural(plan.blocks, 'block')}, ${plural(plan.connections, 'connection')}, ${plan.durationSeconds} s measured after ${plan.warmupSeconds} s of warm-up a trial, seed ${seed}`,
    ],
    ['When', `${startedAt} to ${finishedAt ?? '(not ended)'}`],
    ['Command', html`<code>${command.join(' ')}</code>`],
    ...plan.servers.map((server): [string, string] => [
      server.name,
      `${server.summary}; version ${server.version}, ${plural(server.workers, 'worker')}, ${Object.entries(
        server.options ?? {},
      )
        .map(([name, value]) => `${name} ${value}, `)
        .join(
          '',
        )}${server.keepAlive ? 'keeps connections' : 'closes the connection after each answer'}`,
    ]),
  ];
  return html`<section aria-labelledby="environment"><h2 id="environment">Machine, servers and plan</h2>
<dl>${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>\n`)}</dl></section>`;
}
