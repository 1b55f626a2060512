import { delimiter } from 'node:path';

/** What a program may need to run as it does in a shell; none of it is a secret. */
const harmless = new Set(
  [
    'PATH HOME USER LOGNAME SHELL LANG LANGUAGE TZ TERM',
    'TMPDIR TMP TEMP XDG_CACHE_HOME CONCURRENCY_BENCH_HOME',
    'LD_LIBRARY_PATH LD_PRELOAD DYLD_LIBRARY_PATH MALLOC_ARENA_MAX',
    'NODE_ENV NODE_OPTIONS NODE_V8_COVERAGE UV_USE_IO_URING',
    'NODE_EXTRA_CA_CERTS NODE_USE_SYSTEM_CA SSL_CERT_DIR SSL_CERT_FILE',
    'GODEBUG GOGC GOMAXPROCS GOMEMLIMIT GOTRACEBACK',
    'PYTHONHASHSEED PYTHONHOME PYTHONPATH',
  ].flatMap((names) => names.split(' ')),
);
/** Of locales, and of this project. */
const harmlessPrefixes = ['LC_', 'BENCH_'];

/**
 * The part of an environment that models, references and load generators get: variables that are known to be harmless.
 * A list of secrets would never be complete: any name may hold one, as `DATABASE_URL` does.
 */
export function withoutSecrets(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const isHarmless = (name: string) =>
    harmless.has(name) || harmlessPrefixes.some((prefix) => name.startsWith(prefix));
  return Object.fromEntries(Object.entries(environment).filter(([name]) => isHarmless(name)));
}

/**
 * The environment of the shell that npm or npx was started from, for a program of the user's own. They put their own
 * folders first in PATH, and with them the Node.js that comes with this package. Here these folders go last: programs
 * that are installed nowhere else, such as tsx in a project, are still found.
 */
export function userEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { PATH: path, npm_execpath: npm } = environment;
  if (path === undefined || npm === undefined) return environment;
  const { npms = [], users = [] } = Object.groupBy(path.split(delimiter), (folder) =>
    /[\\/](?:node_modules[\\/]\.bin|node-gyp-bin)$/.test(folder) ? 'npms' : 'users',
  );
  return { ...environment, PATH: [...users, ...npms].join(delimiter) };
}
