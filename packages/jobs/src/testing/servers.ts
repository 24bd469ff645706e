import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
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

/** Where a server runs, if not on loopback. */
export interface ServerPlace {
  readonly address: string;
  /** The words before its program. */
  readonly on: readonly string[];
  /** Who may ask it. */
  readonly network: string;
}

/** Files of PEM. */
export interface TestCertificates {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

export interface OpenServerOptions {
  place?: ServerPlace;
  /** Then nothing but TLS is spoken; Redis asks for a certificate of its clients, too. */
  tls?: TestCertificates;
}

export interface ServerKind {
  readonly name: string;
  /** Why it cannot be tried here. */
  readonly missing: string | undefined;
  open(options?: OpenServerOptions): Promise<TestServer>;
  /** What it says of itself. */
  version(): string;
}

const REDIS = findProgram('redis-server', []);
const POSTGRES = findPostgres();
const LOOPBACK: ServerPlace = { address: '127.0.0.1', on: [], network: '127.0.0.1/32' };
const START = 120_000; // ms that a server may take to start: a machine may be busy
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

async function openRedis({
  place: { address, on } = LOOPBACK,
  tls,
}: OpenServerOptions = {}): Promise<TestServer> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'latentkit-redis-'));
  const listens = tls
    ? [
        ...['--port', '0', '--tls-port', port, '--tls-cert-file', tls.cert],
        ...['--tls-key-file', tls.key, '--tls-ca-cert-file', tls.ca],
      ]
    : ['--port', port];
  const words = [...listens, '--bind', address, '--dir', folder, '--save', '', '--appendonly', 'yes'];
  const password = 'h@rd/to:guess%';
  const [program = '', ...rest] = [...on, REDIS!, ...words, '--requirepass', password];
  return serve({
    url: `${tls ? 'rediss' : 'redis'}://:${encodeURIComponent(password)}@${address}:${port}`,
    answers: () => answersAt(Number(port), { address, on }),
    folder,
    spawn: () => spawn(program, rest, { stdio: 'ignore' }),
  });
}

/**
 * PostgreSQL takes calls before it can answer them, and says so by the code 57P03 to a startup message: its length, the protocol's version
 * 3.0, who calls. Any other answer comes of a server that has started.
 */
const HAS_STARTED = String.raw`
  exec 3<>"/dev/tcp/$1/$2" || exit 1
  printf '\0\0\0\x25\0\3\0\0user\0jobs\0database\0postgres\0\0' >&3
  answer=$(timeout 2 head -c 64 <&3 | tr -d '\0')
  [ -n "$answer" ] && [[ $answer != *57P03* ]]
`;

async function openPostgres({
  place: { address, on, network } = LOOPBACK,
  tls,
}: OpenServerOptions = {}): Promise<TestServer> {
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
  writeFileSync(join(data, 'pg_hba.conf'), `${tls ? 'hostssl' : 'host'} all all ${network} trust\n`);
  // Without fsync, as the machine goes on when the server is killed: starting again would sync all files first.
  const words = [
    '-D',
    data,
    '-p',
    port,
    '-k',
    folder,
    '-h',
    address,
    '-c',
    'shared_buffers=16MB',
    '-c',
    'fsync=off',
    ...(tls ? ['-c', 'ssl=on', ...ownCertificate(tls, folder)] : []),
  ];
  const [program = '', ...rest] = [...on, ...as('postgres', words).flat()];
  return serve({
    url: `postgres://jobs:secret-of-nobody@${address}:${port}/postgres`,
    answers: async () => {
      const [asks = '', ...about] = [...on, 'bash', '-c', HAS_STARTED, 'bash', address, port];
      return spawnSync(asks, about, { stdio: 'ignore' }).status === 0;
    },
    folder,
    spawn: () => spawn(program, rest, { stdio: 'ignore', cwd: folder }),
  });
}

/** PostgreSQL wants a key that nobody else can read. */
function ownCertificate({ cert, key }: TestCertificates, folder: string): string[] {
  const copies = { ssl_cert_file: [cert, 'server.pem'], ssl_key_file: [key, 'server.key'] } as const;
  return Object.entries(copies).flatMap(([setting, [from, name]]) => {
    const path = join(folder, name);
    copyFileSync(from, path);
    chmodSync(path, 0o600);
    if (isRoot) execFileSync('chown', ['postgres', path]);
    return ['-c', `${setting}=${path}`];
  });
}

interface Served {
  readonly url: string;
  readonly folder: string;
  answers(): Promise<boolean>;
  spawn(): ChildProcess;
}

async function serve({ url, answers, folder, spawn: begin }: Served): Promise<TestServer> {
  let server: ChildProcess | undefined;
  const kill = async () => {
    if (!server) return;
    const gone = new Promise((resolve) => server!.once('exit', resolve));
    server.kill('SIGKILL');
    await gone;
    server = undefined;
  };
  const start = async () => {
    for (const until = performance.now() + START; ; ) {
      if (!server || server.exitCode !== null) server = begin(); // a dying postmaster's children may hold the port for a moment
      await wait(50);
      if (await answers()) return;
      if (performance.now() > until) throw new Error(`the server of ${url} does not start`);
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

/** Whether somebody listens; of another host, asked from there. */
async function answersAt(
  port: number,
  { address, on: [program, ...rest] }: Pick<ServerPlace, 'address' | 'on'>,
): Promise<boolean> {
  if (program !== undefined) {
    const ask = ['bash', '-c', `exec 3<>/dev/tcp/${address}/${port}`];
    return spawnSync(program, [...rest, ...ask], { stdio: 'ignore' }).status === 0;
  }
  return new Promise((resolve) => {
    const socket = connect(port, address, () => {
      socket.destroy();
      resolve(true);
    }).on('error', () => resolve(false));
  });
}
