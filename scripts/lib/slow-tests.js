/** Seconds that a test file may take on a quiet machine. */
export const FILE_SECONDS = 5;

/** How many times its budget a file may take before it fails the run, where the machine has nothing else to do. */
const PATIENCE = 4;

/** The files that may take longer, and why. */
export const LONG_FILES = {
  'apps/bench/src/bench-command.test.ts': 'starts the engines of the benchmark in processes of their own',
  'apps/cli/src/commands/help.test.ts': "runs every help's examples as pasted",
  'apps/cli/src/commands/mnist.test.ts': 'reads the 70,000 images of MNIST',
  'apps/cli/src/commands/stop.test.ts': 'stops whole training processes and resumes them',
  'apps/cli/src/commands/terminal.test.ts': 'watches whole runs on a pseudo terminal',
  'apps/cli/src/commands/train.test.ts': 'trains from the command line, figures and all',
};

/**
 * What is to be said of files that took too long: `over` their budget, and of these `failing`, which no load explains.
 *
 * @param {{ name: string, seconds: number }[]} files
 * @param {number} load processes that wanted to run, for each core: beyond 1, everything takes as many times longer.
 */
export function judgeTimes(files, load) {
  const over = files
    .filter(({ name, seconds }) => seconds > FILE_SECONDS && !Object.hasOwn(LONG_FILES, name))
    .sort((a, b) => b.seconds - a.seconds);
  const limit = FILE_SECONDS * PATIENCE * Math.max(1, load);
  return { over, failing: over.filter(({ seconds }) => seconds > limit) };
}
