import { availableParallelism } from 'node:os';
import { exampleHelp, parseNumber, quoteArgument } from '@latentkit/terminal';
import { Command, Option } from 'commander';
import type { BenchEvent } from './bench-event.ts';
import { benchProjections } from './bench-projections.ts';
import { benchRows, filterRows } from './bench-rows.ts';
import { buildPage } from './browser/build-page.ts';
import { listBrowserEngines } from './browser-engines.ts';
import {
  ENGINE_NAMES,
  type EngineName,
  listEngines,
  parseEngineNames,
  pythonNeeds,
} from './engine-catalog.ts';
import { findPythons } from './find-python.ts';
import { writeBenchPage } from './output/bench-page.ts';
import { createBenchView, showBenchJson } from './output/bench-view.ts';
import { createPage } from './page-file.ts';
import { parseCounts } from './parse-counts.ts';
import { projectionRows } from './projections/projection-rows.ts';
import { runBench } from './run-bench.ts';
import { runInFolder } from './run-in-folder.ts';
import { writeWorkload } from './workload.ts';

interface BenchCommandOptions {
  filter?: string;
  engines?: string;
  workers?: number[];
  rounds?: number;
  quick?: boolean;
  python?: string[];
  dataDir?: string;
  out?: string;
  browser?: boolean;
  json?: boolean;
}

const USUAL = { rounds: 7, turnMs: 250 };
const QUICK = { rounds: 2, turnMs: 50 };

/** What to type for this program. */
export const PROGRAM = 'pnpm bench';

/** `pnpm bench`: how fast Latentkit is on this machine, beside the peers that are found. */
export function benchCommand(): Command {
  const { count } = parseNumber;
  return new Command(PROGRAM)
    .description(
      'Measure the speed of training, coding and products beside PyTorch, JAX, Keras, tfjs and jax-js.',
    )
    .option('--filter <text>', 'only rows whose name holds the text')
    .option('--engines <list>', `some of ${ENGINE_NAMES.join(',')} (default: those found)`)
    .addOption(
      new Option(
        '--workers <list>',
        'numbers of threads, 1,2,4 for example (default: one and all)',
      ).argParser(parseCounts),
    )
    .addOption(new Option('--rounds <n>', `turns of each engine (default: ${USUAL.rounds})`).argParser(count))
    .option('--quick', `${QUICK.rounds} short turns: for a look, not for a record`)
    .option(
      '--python <file>',
      'interpreter that has some of the peers; may be given several times (default: /usr/bin/python3)',
      (file, files: string[] = []) => [...files, file],
    )
    .option('--data-dir <dir>', "MNIST's files, for rows named projection/... (default: drawn digits)")
    .option('--browser', 'in pages of headless Chromium, of the engines that can be there')
    .option('--out <file>', 'write a page of the results as Markdown')
    .option('--json', 'write NDJSON to stdout')
    .option('--debug', 'show the stack of an error')
    .addHelpText(
      'after',
      exampleHelp(PROGRAM, [
        '--filter gemm --quick',
        '--filter dense --engines latentkit,tfjs-wasm --quick --json',
      ]),
    )
    .action(bench);
}

async function bench({ json = false, quick = false, engines: list, out, ...options }: BenchCommandOptions) {
  const maps = projectionRows(options.filter);
  const command = typedCommand(process.argv.slice(2));
  if (maps.length > 0) return benchProjections(maps, { json, quick, out, command, ...options });
  const rows = filterRows(benchRows(), options.filter);
  const names = list === undefined ? ENGINE_NAMES : parseEngineNames(list);
  const { workers = [...new Set([1, availableParallelism()])] } = options;
  const pace = quick ? QUICK : USUAL;
  const { rounds = pace.rounds } = options;
  await runInFolder({ json }, async ({ folder, line, signal }) => {
    const page = await createPage<BenchEvent>(out, (events) => writeBenchPage(events, command));
    const workloadPath = await writeWorkload(folder);
    line.draw(`starting ${names.join(', ')}`.slice(0, line.width));
    const { engines, notes } = options.browser
      ? {
          engines: listBrowserEngines(names, { workloadPath, pageFolder: await buildPage(folder), workers }),
          notes: [],
        }
      : await findEngines(names, { workloadPath, workers, python: options.python });
    const show = json
      ? showBenchJson
      : createBenchView({ line, names: rows.map(({ name }) => name), engines: names });
    const known = [...notes, ...tooMany(workers)];
    const { turnMs } = pace;
    for await (const event of runBench({ rows, engines, notes: known, rounds, turnMs, signal })) {
      show(event);
      page.add(event);
      signal.throwIfAborted();
    }
    await page.write();
  });
}

async function findEngines(
  names: readonly EngineName[],
  { python, ...options }: { workloadPath: string; workers: readonly number[]; python?: readonly string[] },
) {
  const { pythons, notes } = await findPythons(pythonNeeds(names), { files: python });
  return { engines: listEngines(names, { ...options, pythons }), notes };
}

const FILES_HERE = new Set(['--python', '--data-dir', '--out']);

/** What was typed, for the page that came of it: files of this machine are no reader's. */
function typedCommand(args: readonly string[]): string {
  const typed = args.map((text, i) => (FILES_HERE.has(args[i - 1] ?? '') ? 'PATH' : quoteArgument(text)));
  return [PROGRAM, ...typed].join(' ');
}

function tooMany(workers: readonly number[]): string[] {
  const cores = availableParallelism();
  const more = workers.filter((count) => count > cores);
  if (more.length === 0) return [];
  return [
    `rows of ${more.join(', ')} threads share ${cores} core${cores === 1 ? '' : 's'}: they say nothing of more`,
  ];
}
