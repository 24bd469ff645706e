import type { Command } from 'commander';

/** A command before it is called: what the list of them says, and where it is. */
export interface CommandRow {
  readonly name: string;
  readonly summary: string;
  /** Its options and help; what it does is loaded when it does it. */
  load(): Promise<Command>;
}

/** Every command, in the order of the help. */
export const COMMANDS: readonly CommandRow[] = [
  {
    name: 'train',
    summary: 'train a model; writes a run directory with figures and report.html',
    load: async () => (await import('./commands/train.ts')).trainCommand(),
  },
  {
    name: 'reproduce',
    summary: 'run the recipes of published experiments; write what was published beside what was measured',
    load: async () => (await import('./commands/reproduce.ts')).reproduceCommand(),
  },
  {
    name: 'evaluate',
    summary: "measure a run's model on its test images, in all and by class",
    load: async () => (await import('./commands/evaluate.ts')).evaluateCommand(),
  },
  {
    name: 'anomalies',
    summary: "rank images or rows of a table by how unlike those of a run's training they are",
    load: async () => (await import('./commands/anomalies.ts')).anomaliesCommand(),
  },
  {
    name: 'sweep',
    summary: 'train a recipe with many settings, and say which are good',
    load: async () => (await import('./commands/sweep.ts')).sweepCommand(),
  },
  {
    name: 'reconstruct',
    summary: "show images over what a run's model makes of them",
    load: async () => (await import('./commands/reconstruct.ts')).reconstructCommand(),
  },
  {
    name: 'sample',
    summary: "show what a run's model makes of random codes, or of given ones",
    load: async () => (await import('./commands/sample.ts')).sampleCommand(),
  },
  {
    name: 'traverse',
    summary: 'show what the latent dimensions of a run do, one at a time or two',
    load: async () => (await import('./commands/traverse.ts')).traverseCommand(),
  },
  {
    name: 'interpolate',
    summary: 'show what lies between two images, or two codes',
    load: async () => (await import('./commands/interpolate.ts')).interpolateCommand(),
  },
  {
    name: 'export',
    summary: "write a run's model for other programs: ONNX, Keras, TensorFlow.js, PyTorch, NumPy",
    load: async () => (await import('./commands/export.ts')).exportCommand(),
  },
  {
    name: 'import',
    summary: 'make a run of a model from elsewhere: Keras, TensorFlow.js, PyTorch, ONNX of ours',
    load: async () => (await import('./commands/import.ts')).importCommand(),
  },
  {
    name: 'pack',
    summary: 'decode images once into files that training reads batches from: for sets larger than memory',
    load: async () => (await import('./commands/pack.ts')).packCommand(),
  },
  {
    name: 'push',
    summary: "publish a run's model on the Hugging Face Hub",
    load: async () => (await import('./commands/push.ts')).pushCommand(),
  },
  {
    name: 'pull',
    summary: 'fetch a model of Latentkit from the Hugging Face Hub',
    load: async () => (await import('./commands/pull.ts')).pullCommand(),
  },
  {
    name: 'encode',
    summary: "write the codes of a run's images: CSV, Parquet or NPY",
    load: async () => (await import('./commands/encode.ts')).encodeCommand(),
  },
  {
    name: 'worker',
    summary: 'do the jobs of a queue on this machine, with others on theirs',
    load: async () => (await import('./commands/worker.ts')).workerCommand(),
  },
  {
    name: 'jobs',
    summary: 'show how the jobs of a queue are getting on, or stop some',
    load: async () => (await import('./commands/jobs.ts')).jobsCommand(),
  },
  {
    name: 'project',
    summary: "map a run's codes, or any vectors, to the plane by PCA, t-SNE and UMAP",
    load: async () => (await import('./commands/project.ts')).projectCommand(),
  },
  {
    name: 'report',
    summary: 'draw the figures and report.html of a run anew',
    load: async () => (await import('./commands/report.ts')).reportCommand(),
  },
  {
    name: 'compare',
    summary: 'lay runs beside each other: settings that differ, losses, curves, pictures',
    load: async () => (await import('./commands/compare.ts')).compareCommand(),
  },
  {
    name: 'runs',
    summary: 'list the runs in a folder, newest first',
    load: async () => (await import('./commands/runs.ts')).runsCommand(),
  },
  {
    name: 'summary',
    summary: "show a recipe's layers and parameter counts",
    load: async () => (await import('./commands/summary.ts')).summaryCommand(),
  },
  {
    name: 'datasets',
    summary: 'list the datasets and whether they are on this machine',
    load: async () => (await import('./commands/datasets.ts')).datasetsCommand(),
  },
  {
    name: 'doctor',
    summary: 'what training needs here, how fast it goes, and what to do',
    load: async () => (await import('./commands/doctor.ts')).doctorCommand(),
  },
  {
    name: 'clean',
    summary: 'clear away what killed runs left, and old checkpoints and downloads',
    load: async () => (await import('./commands/clean.ts')).cleanCommand(),
  },
  {
    name: 'ui',
    summary: 'open a run in the lab in the browser',
    load: async () => (await import('./commands/ui.ts')).uiCommand(),
  },
  {
    name: 'completion',
    summary: 'print a script that completes command lines in your shell',
    load: async () => (await import('./commands/completion.ts')).completionCommand(loadCommands),
  },
];

/** All of them, for who tells what there is. */
export function loadCommands(): Promise<Command[]> {
  return Promise.all(COMMANDS.map(async ({ summary, load }) => (await load()).summary(summary)));
}
