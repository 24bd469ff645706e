import { readFile } from 'node:fs/promises';
import { LatentkitError } from '@latentkit/core';
import type { JobQueue } from '@latentkit/jobs';
import type { Command } from 'commander';

/** Where jobs are handed in and fetched. */
export interface QueueOptions {
  queue?: string;
  queueName?: string;
  ca?: string;
  cert?: string;
  key?: string;
  telemetry?: boolean;
  /** Of workers. */
  lockSeconds?: number;
}

/** Names a server in place of an option, so that a password is not among a machine's processes. */
const QUEUE_VARIABLE = 'LATENTKIT_QUEUE';

/** Options of every command that speaks to a queue. */
export function addQueueOptions(command: Command): Command {
  return command
    .optionsGroup('Queue:')
    .option(
      '--queue <url>',
      `the server that carries jobs between machines: redis://, rediss:// or postgres:// (or in ${QUEUE_VARIABLE}, which keeps its password out of lists of processes)`,
    )
    .option('--queue-name <name>', 'those who work together have the same one (default: latentkit)')
    .option('--ca <file>', "PEM of who signed the server's certificate")
    .option('--cert <file>', 'PEM of a certificate of our own')
    .option('--key <file>', 'PEM of its key')
    .option('--telemetry', 'trace jobs by OpenTelemetry (needs bullmq-otel, and an SDK that is set up)');
}

/** The queue's URL, where one is said. */
export function queueUrlOf({ queue }: QueueOptions): string | undefined {
  return queue ?? process.env[QUEUE_VARIABLE];
}

/** @throws `E_USAGE` where no queue is named. */
export function requireQueue(command: string, options: QueueOptions): void {
  if (queueUrlOf(options) !== undefined) return;
  throw new LatentkitError('E_USAGE', `${command}: there is no queue to ask for jobs`, {
    fix: `Name it with --queue redis://HOST, or in ${QUEUE_VARIABLE}`,
  });
}

/** The queue that options name: without a URL, this machine's. */
export async function openQueue(options: QueueOptions, onNotice: (words: string) => void): Promise<JobQueue> {
  const { openJobQueue } = await import('@latentkit/jobs/node');
  const files = Object.entries({ ca: options.ca, cert: options.cert, key: options.key });
  const pems = await Promise.all(
    files.map(async ([name, path]) => [name, path && (await readPem(path))] as const),
  );
  const tls = Object.fromEntries(pems.filter(([, pem]) => pem !== undefined));
  return openJobQueue(queueUrlOf(options), {
    ...(options.queueName !== undefined && { name: options.queueName }),
    ...(Object.keys(tls).length > 0 && { tls }),
    ...(options.telemetry && { telemetry: true }),
    ...(options.lockSeconds !== undefined && { lockSeconds: options.lockSeconds }),
    onNotice,
  });
}

async function readPem(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new LatentkitError('E_NOT_FOUND', `${path} cannot be read`, { fix: 'Give a file of PEM', cause });
  }
}
