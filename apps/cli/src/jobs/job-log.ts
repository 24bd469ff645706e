import type { JobEvent } from '@latentkit/jobs';
import { formatDuration, paint, printable, talk } from '@latentkit/terminal';

/** How a worker tells what it does. */
export type LogFormat = 'text' | 'json';

/** Tells a worker's events: sentences on stderr, or a line of JSON each on stdout, with the time and the job's id. */
export function createJobLog(format: LogFormat): (event: JobEvent) => void {
  if (format === 'json') {
    return ({ error, ...event }) => {
      const fault = error && { error: { code: error.code, message: error.message } };
      process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), ...event, ...fault })}\n`);
    };
  }
  return ({ type, id, kind, attempt, error, seconds }) => {
    if (type === 'progress') return;
    const words = [`${printable(kind)} ${printable(id.slice(0, 12))} ${colored(type)}`];
    if (attempt > 1) words.push(`(attempt ${attempt})`);
    if (seconds !== undefined) words.push(`after ${formatDuration(seconds)}`);
    talk(words.join(' ') + (error ? `: ${printable(error.message)}` : ''));
  };
}

function colored(type: JobEvent['type']): string {
  if (type === 'done') return paint('green', type);
  return type === 'failed' || type === 'retried' ? paint('yellow', type) : type;
}
