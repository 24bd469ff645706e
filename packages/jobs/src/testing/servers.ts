import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** A server on loopback that ends with the test. */
export interface TestServer {
  readonly url: string;
  /** As a power cut would. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Bytes of memory, of all its processes. */
  memory(): number;
  end(): Promise<void>;
}

export interface ServerKind {
  readonly name: string;
  /** Why it cannot be tried here. */
  readonly missing: string | undefined;
  open(): Promise<TestServer>;
  /** What it says of itself. */
  version(): string;
}

const REDIS = findProgram('redis-server', []);
const POSTGRES = findPostgres();
const isRoot = process.getuid?.() === 0;

export const SERVERS: readonly ServerKind[] = [
  {
    name: 'Redis',
    missing: REDIS ? undefined : 'redis-server is not installed',
    open: openRedis,
    version: () => `Redis ${/v=([\d.]+)/.exec(told(REDIS!))?.[1]}`,
  },
  {
    name: 'PostgreSQL',
    missing: POSTGRES ? undefined : 'PostgreSQL (initdb) is not installed',
    open: openPostgres,
    version: () => `PostgreSQL ${/[\d.]+/.exec(told(join(POSTGRES!, 'postgres')))?.[0]}`,
  },
];

const told = (program: string) => execFileSync(program, ['--version'], { encoding: 'utf8' }).trim();

async function openRedis(): Promise<TestServer> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'latentkit-redis-'));
  const words = ['--port', port, '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'yes'];
  const password = 'h@rd/to:guess%';
  return serve({
    url: `redis://:${encodeURIComponent(password)}@127.0.0.1:${port}`,
    port,
    folder,
    spawn: () => spawn(REDIS!, [...words, '--requirepass', password], { stdio: 'ignore' }),
  });
}

async function openPostgres(): Promise<TestServer> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'latentkit-postgres-'));
  if (isRoot) execFileSync('chown', ['postgres', folder]);
  const as = (program: string, words: readonly string[]): [string, string[]] =>
    isRoot
      ? [
          'setpriv',
          ['--reuid=postgres', '--regid=postgres', '--clear-groups', join(POSTGRES!, program), ...words],
        ]
      : [join(POSTGRES!, program), [...words]];
  const data = join(folder, 'data');
  execFileSync(...as('initdb', ['-D', data, '-A', 'trust', '-U', 'jobs', '--no-sync']), {
    stdio: 'ignore',
    cwd: folder,
  });
  // Without fsync, as the machine goes on when the server is killed: starting again would sync all files first.
  const words = [
    '-D',
    data,
    '-p',
    port,
    '-k',
    folder,
    '-h',
    '127.0.0.1',
    '-c',
    'shared_buffers=16MB',
    '-c',
    'fsync=off',
  ];
  return serve({
    url: `postgres://jobs:secret-of-nobody@127.0.0.1:${port}/postgres`,
    port,
    folder,
    spawn: () => spawn(...as('postgres', words), { stdio: 'ignore', cwd: folder }),
  });
}

interface Served {
  readonly url: string;
  readonly port: string;
  readonly folder: string;
  spawn(): ChildProcess;
}

async function serve({ url, port, folder, spawn: begin }: Served): Promise<TestServer> {
  let server: ChildProcess | undefined;
  const kill = async () => {
    if (!server) return;
    const gone = new Promise((resolve) => server!.once('exit', resolve));
    server.kill('SIGKILL');
    await gone;
    server = undefined;
  };
  const start = async () => {
    for (let tries = 0; ; tries++) {
      if (!server || server.exitCode !== null) server = begin(); // a dying postmaster's children may hold the port for a moment
      await wait(50);
      if (await answersAt(Number(port))) return;
      if (tries > 200) throw new Error(`the server of ${url} does not start`);
    }
  };
  const endNow = () => void server?.kill('SIGKILL');
  process.once('exit', endNow);
  await start();
  return {
    url,
    kill,
    start,
    memory: () => memoryOf(server!.pid!),
    async end() {
      await kill();
      process.off('exit', endNow);
      await wait(50);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

/** Bytes of a process and its children. */
export function memoryOf(pid: number): number {
  const { stdout } = spawnSync('ps', ['-o', 'rss=', '--pid', String(pid), '--ppid', String(pid)], {
    encoding: 'utf8',
  });
  return stdout.split('\n').reduce((sum, kilobytes) => sum + Number(kilobytes) * 1024, 0);
}

function findProgram(name: string, elsewhere: readonly string[]): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(':'), ...elsewhere];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** Debian keeps its programs beside each version. */
function findPostgres(): string | undefined {
  const home = '/usr/lib/postgresql';
  const versions = existsSync(home) ? readdirSync(home).sort((a, b) => Number(b) - Number(a)) : [];
  const found = findProgram(
    'initdb',
    versions.map((version) => join(home, version, 'bin')),
  );
  return found?.slice(0, -'/initdb'.length);
}

function freePort(): Promise<string> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(String(port)));
    });
  });
}

async function answersAt(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    }).on('error', () => resolve(false));
  });
}
