/** Seconds that a test file may take on a quiet machine. */
export const FILE_SECONDS = 5;

/** The files that may take longer, and why. */
export const LONG_FILES = {
  'apps/bench/src/bench-command.test.ts': 'starts the engines of the benchmark in processes of their own',
  'apps/cli/src/commands/help.test.ts': "runs every help's examples as pasted",
  'apps/cli/src/commands/mnist.test.ts': 'reads the 70,000 images of MNIST',
  'apps/cli/src/commands/reproduce.test.ts':
    'reads the 70,000 images of MNIST, and runs a recipe on some of them',
  'apps/cli/src/commands/resume.test.ts': 'stops a whole training process, and goes on in another',
  'apps/cli/src/commands/stop.test.ts': 'stops whole training processes',
  'apps/cli/src/commands/terminal.test.ts': 'watches whole runs on a pseudo terminal',
  'apps/cli/src/commands/train.test.ts': 'trains from the command line, figures and all',
  'packages/backend/src/threads/worker-pool.test.ts':
    'starts, kills and forgets workers, in processes of their own',
  'packages/experiment/src/node/kill-and-resume.test.ts':
    'kills 20 processes, each of which goes on where the last one died',
};

/**
 * Files that took longer and are not named, slowest first. They are told and fail nothing: how busy a machine was at the time,
 * nobody knows afterwards.
 *
 * @param {{ name: string, seconds: number }[]} files
 */
export function slowFiles(files) {
  return files
    .filter(({ name, seconds }) => seconds > FILE_SECONDS && !Object.hasOwn(LONG_FILES, name))
    .sort((a, b) => b.seconds - a.seconds);
}
