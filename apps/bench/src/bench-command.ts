import { availableParallelism } from 'node:os';
import { exampleHelp, parseNumber } from '@latentkit/terminal';
import { Command, Option } from 'commander';
import { benchProjections } from './bench-projections.ts';
import { benchRows, filterRows } from './bench-rows.ts';
import { ENGINE_NAMES, listEngines, parseEngineNames } from './engine-catalog.ts';
import { createBenchView, showBenchJson } from './output/bench-view.ts';
import { projectionRows } from './projections/projection-rows.ts';
import { runBench } from './run-bench.ts';
import { runInFolder } from './run-in-folder.ts';
import { writeWorkload } from './workload.ts';

interface BenchCommandOptions {
  filter?: string;
  engines?: string;
  workers?: number;
  rounds?: number;
  quick?: boolean;
  python?: string;
  dataDir?: string;
  json?: boolean;
}

const USUAL = { rounds: 7, turnMs: 250 };
const QUICK = { rounds: 2, turnMs: 50 };

/** What to type for this program. */
export const PROGRAM = 'pnpm bench';

/** `pnpm bench`: how fast Latentkit is on this machine, beside PyTorch, tfjs and jax-js where they are found. */
export function benchCommand(): Command {
  const { count } = parseNumber;
  return new Command(PROGRAM)
    .description('Measure the speed of training, coding and products beside PyTorch, tfjs and jax-js.')
    .option('--filter <text>', 'only rows whose name holds the text')
    .option('--engines <list>', `some of ${ENGINE_NAMES.join(',')} (default: those found)`)
    .addOption(
      new Option('--workers <n>', 'threads beside one, for us and PyTorch (default: all)').argParser(count),
    )
    .addOption(new Option('--rounds <n>', `turns of each engine (default: ${USUAL.rounds})`).argParser(count))
    .option('--quick', `${QUICK.rounds} short turns: for a look, not for a record`)
    .option('--python <file>', 'interpreter that has torch or sklearn (default: /usr/bin/python3)')
    .option('--data-dir <dir>', "MNIST's files, for rows named projection/... (default: drawn digits)")
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

async function bench({ json = false, quick = false, engines: list, ...options }: BenchCommandOptions) {
  const maps = projectionRows(options.filter);
  if (maps.length > 0) return benchProjections(maps, { json, quick, ...options });
  const rows = filterRows(benchRows(), options.filter);
  const names = list === undefined ? ENGINE_NAMES : parseEngineNames(list);
  const { workers = availableParallelism(), python } = options;
  const pace = quick ? QUICK : USUAL;
  await runInFolder({ json }, async ({ folder, line, signal }) => {
    const engines = listEngines(names, { workloadPath: await writeWorkload(folder), workers, python });
    const show = json
      ? showBenchJson
      : createBenchView({ line, names: rows.map(({ name }) => name), engines: names });
    const { rounds = pace.rounds } = options;
    line.draw(`starting ${names.join(', ')}`.slice(0, line.width));
    for await (const event of runBench({ rows, engines, rounds, turnMs: pace.turnMs, signal })) {
      show(event);
      signal.throwIfAborted();
    }
  });
}
