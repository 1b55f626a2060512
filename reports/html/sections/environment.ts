import type { RunDocument, ServerOn } from '../../../results/document/run-document.ts';
import { plural } from '../../../results/format.ts';
import { type Html, html } from '../../drawing/markup.ts';
import { disclosure, type Section, section } from '../figures/section.ts';

const generatorPriority = (isRealTime: boolean | null): string =>
  isRealTime === null
    ? 'unknown priority'
    : isRealTime
      ? 'real-time priority: on shared cores it runs before the servers'
      : 'normal priority: on shared cores it may have to wait for the servers';

const runnerFact = ({ runner }: ServerOn): [string, string] => [
  'Machine of the runner',
  `${runner.hostname}: ${runner.cpuModel}, ${plural(runner.cpusAvailable, 'core')}, ${runner.operatingSystem}, ${runner.kernel}`,
];

/** A time in UTC to the second. */
const moment = (iso: string): string => iso.replace('T', ' ').replace(/\.\d+Z$/, ' UTC');

/** The machine, the servers and the plan behind the numbers. */
export function environment(document: RunDocument): Section {
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
    ...(plan.serverOn ? [runnerFact(plan.serverOn)] : []),
    ['Load generator', generatorPriority(environment.realTimeGenerator)],
    [
      'Plan',
      `up to ${plural(plan.blocks, 'block')}, ${plural(plan.connections, 'connection')}, windows of ${plan.durationSeconds} s (main metric) after ${plan.warmupSeconds} s of warm-up, seed ${seed}`,
    ],
    [
      'When',
      `${moment(startedAt)} to ${finishedAt === null ? '(not finished)' : moment(finishedAt)}`,
    ],
    ['Command', html`<code>${command.join(' ')}</code>`],
    ...plan.servers.map((server): [string, string] => [
      server.name,
      `${server.summary}; version ${server.version}, ${server.workers === null ? '' : `${plural(server.workers, 'worker')}, `}${Object.entries(
        server.options ?? {},
      )
        .map(([name, value]) => `${name} ${value}, `)
        .join('')}${server.keepAlive ? 'keep-alive' : 'closes the connection after each response'}`,
    ]),
  ];
  return section(
    'environment',
    'Machine',
    'Machine, servers and plan',
    html`${disclosure(
      {
        id: 'facts',
        title: `${environment.cpuModel}, ${cpus}`,
        inside: `${environment.operatingSystem}, Node.js ${environment.nodeVersion}; memory, limits, plan, command and servers`,
        printed: true,
      },
      [html`<dl>${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>\n`)}</dl>`],
    )}`,
  );
}
