import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { arch, cpus, platform, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Environment } from '../../results/document/run-document.ts';
import { benchVersion, packageRoot } from '../../servers/package-root.ts';
import { availableCpus } from './cpus.ts';
import { mayBecomeRealTime } from './priority.ts';
import { readIfThere, readOpenFilesLimit, readProc } from './proc.ts';

/** Describes the machine and the software on which a run's numbers were measured. */
export async function readEnvironment(): Promise<Environment> {
  return {
    cpuModel: cpus()[0]?.model.trim() || 'unknown',
    cpusAvailable: availableCpus(),
    cpusOnline: Math.max(1, cpus().length),
    memoryBytes: totalmem(),
    operatingSystem: parseOsRelease(readIfThere('/etc/os-release') ?? '') ?? platform(),
    kernel: `${type()} ${release()}`,
    architecture: arch(),
    nodeVersion: process.version,
    benchVersion,
    commit: await readCommit(),
    container: isContainer(),
    openFilesLimit: readOpenFilesLimit(),
    listenBacklogLimit: Number(readProc('sys/net/core/somaxconn')) || null,
    realTimeGenerator: mayBecomeRealTime(),
  };
}

/** The name and version in an os-release(5) file; null when it has none. */
export function parseOsRelease(text: string): string | null {
  return /^PRETTY_NAME="?(.*?)"?$/m.exec(text)?.[1] ?? null;
}

/** The commit of this program when it runs from its own repository; null otherwise. */
async function readCommit(): Promise<string | null> {
  if (!existsSync(join(packageRoot, '.git'))) return null;
  const git = (...words: string[]) => promisify(execFile)('git', ['-C', packageRoot, ...words]);
  try {
    const [commit, changes] = await Promise.all([
      git('rev-parse', '--short=12', 'HEAD'),
      git('status', '--porcelain', '--untracked-files=no'),
    ]);
    return `${commit.stdout.trim()}${changes.stdout.trim() ? ' with changes' : ''}`;
  } catch {
    return null;
  }
}

/** Recognises the files and control groups of Docker, Podman and Kubernetes. */
function isContainer(): boolean {
  if (existsSync('/.dockerenv') || existsSync('/run/.containerenv')) return true;
  return /docker|containerd|kubepods|libpod/.test(readProc('1/cgroup') ?? '');
}
