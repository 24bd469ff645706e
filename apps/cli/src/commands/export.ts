import { exampleHelp } from '@latentkit/terminal';
import { Command, Option } from 'commander';
import { EXPORTS, type ExportOptions } from '../actions/export-formats.ts';
import { announceRun } from '../announce-run.ts';
import { programName } from '../program-name.ts';

/** `latentkit export`: a run's model in the files of other programs. */
export function exportCommand(): Command {
  return new Command('export')
    .description(
      "Write a run's model for other programs: one of images; of a table, rows are what sample writes, and no network does.",
    )
    .argument('<run>', 'run directory')
    .addOption(
      new Option(
        '--to <format>',
        'onnx: for onnxruntime, transformers.js and others; keras: for Keras 3; tfjs: LayersModels for TensorFlow.js; torch: a state_dict, and Python files for PyTorch and NumPy; hub-folder: all of them with a model card, for the Hugging Face Hub',
      )
        .choices(EXPORTS)
        .default('onnx'),
    )
    .option('--out <folder>', 'where to (default: the format, in the working folder)')
    .option(
      '--symmetric',
      'onnx: kernels with zeros before, for engines that pad both sides alike; more work',
    )
    .option('--license <name>', "hub-folder: under which others may use the model, in the Hub's words: mit")
    .option('--force', 'overwrite files that are in the folder')
    .option('--json', 'write paths and sizes to stdout as JSON')
    .option('--debug', 'show the stack of an error')
    .addHelpText(
      'after',
      exampleHelp(programName(), [
        'train --limit 2000 --epochs 2 --out runs/first',
        'export runs/first --to onnx --out first-onnx',
      ]),
    )
    .action(async (run: string, options: ExportOptions) => {
      await announceRun(run);
      const { exportModel } = await import('../actions/export.ts');
      await exportModel(run, options);
    });
}
