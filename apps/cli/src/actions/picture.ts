import { extname, join } from 'node:path';
import { type Examples, LatentkitError } from '@latentkit/core';
import { type Picture, type PictureLook, tableColumnsOf } from '@latentkit/experiment';
import {
  classNumber,
  type LoadedRun,
  labelsFor,
  loadRun,
  loadRunImages,
  type PictureName,
  picturePath,
  type RunImages,
} from '@latentkit/experiment/node';
import { svgToPng } from '@latentkit/figures/node';
import { writeTogether } from '@latentkit/formats/node';
import { codeSizeOf } from '@latentkit/models';
import {
  createDownloadView,
  formatDuration,
  paint,
  printable,
  quoteArgument,
  runCommand,
  talk,
} from '@latentkit/terminal';
import { imagesOf } from '../image-options.ts';
import { toFile } from '../out-folder.ts';
import type { PictureOptions } from '../picture-options.ts';

/** What a picture is made from. */
export interface PictureTools {
  readonly run: LoadedRun;
  readonly directory: string;
  /** Of the figure; spread into the options of what makes it. */
  readonly look: Pick<PictureLook, 'width'>;
  /** The class that was asked for. */
  readonly label: number | undefined;
  /** The images that flags name, loaded when asked for. */
  images(): Promise<RunImages<Examples>>;
  note(text: string): void;
  readonly signal: AbortSignal;
}

export interface MadePicture extends Pick<Picture, 'svg' | 'latent'> {
  /** What it shows, in a line. */
  readonly about: string;
  /** For `--json`. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Makes a picture of a run, and writes it where flags say. */
export async function showPicture(
  name: PictureName,
  directory: string,
  options: PictureOptions,
  make: (tools: PictureTools) => Promise<MadePicture>,
): Promise<void> {
  const started = performance.now();
  const { out, json = false, width, scale = 2 } = options;
  const kinds = checkOutput(name, options);
  const leaves = 'Stopped; nothing was written.';
  await runCommand({ json: json || out === '-', leaves }, ({ line, signal, note }) =>
    toFile({ out, run: directory, name: picturePath(name, 'svg') }, async (path) => {
      const run = await loadRun(directory);
      let made: MadePicture;
      try {
        if (tableColumnsOf(run.spec)) throw noPicture(name, directory);
        const onProgress = createDownloadView(line);
        let loaded: Promise<RunImages<Examples>> | undefined;
        const images = () => {
          loaded ??= loadRunImages(run, directory, {
            ...{ ...imagesOf(options), onProgress, onNote: note, signal },
          });
          return loaded;
        };
        const label = options.label === undefined ? undefined : await classNumber(options.label, images);
        made = await make({ run, directory, look: { width }, label, images, note, signal });
      } finally {
        run.dispose();
      }
      signal.throwIfAborted();
      const contents = await Promise.all(
        kinds.map((kind) => (kind === 'svg' ? made.svg : svgToPng(made.svg, { scale }))),
      );
      line.clear();
      talk(printable(capitalize(made.about)));
      if (path === undefined) {
        process.stdout.write(contents[0]!);
        return;
      }
      const files = kinds.map((kind) => (out === undefined ? join(directory, picturePath(name, kind)) : out));
      await writeTogether(files.map((path, i) => ({ path, content: contents[i]! })));
      if (json) process.stdout.write(`${JSON.stringify(factsOf(directory, files, made, run))}\n`);
      else if (!process.stdout.isTTY) process.stdout.write(`${files.join('\n')}\n`);
      const seconds = formatDuration((performance.now() - started) / 1000);
      talk(
        `${paint('green', 'Done')} in ${seconds}. Wrote ${files.map((file) => paint('bold', printable(file))).join(' and ')}`,
      );
    }),
  );
}

function noPicture(name: PictureName, directory: string): LatentkitError {
  const path = quoteArgument(directory);
  return new LatentkitError(
    'E_USAGE',
    `${name}: ${directory} is a run of a table, and its rows are no pictures`,
    {
      fix: `Rows that it makes: sample ${path} --out rows.csv; its map: project ${path}`,
    },
  );
}

function checkOutput(name: string, { out, format, json }: PictureOptions): readonly ('svg' | 'png')[] {
  const usage = (text: string, fix: string) => new LatentkitError('E_USAGE', `${name}: ${text}`, { fix });
  if (out === '-') {
    if (json) throw usage('--json and --out - both write to stdout', 'Give one of them');
    if (format === 'png' && process.stdout.isTTY) {
      throw usage('a terminal shows no PNG bytes', 'Give a file with --out FILE.png');
    }
    return [format ?? 'svg'];
  }
  if (format !== undefined) {
    throw usage('--format goes with --out -', 'A file goes by its ending: --out FILE.png');
  }
  if (out === undefined) return ['svg', 'png'];
  const ending = extname(out).toLowerCase();
  if (ending === '.svg') return ['svg'];
  if (ending === '.png') return ['png'];
  throw usage(`--out ${out}: expected a file that ends in .svg or .png`, 'Its ending says what is written');
}

function factsOf(
  directory: string,
  files: readonly string[],
  { latent, facts }: MadePicture,
  run: LoadedRun,
) {
  const latentDim = codeSizeOf(run.spec);
  const codes = Array.from({ length: latent.length / latentDim }, (_, i) => [
    ...latent.subarray(i * latentDim, (i + 1) * latentDim),
  ]);
  return { run: directory, files, ...facts, latent: codes };
}

const capitalize = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The classes of some images, for a conditional model: the one that was asked for, or their own. */
export function labelsOf(
  { run, directory, label }: PictureTools,
  { labels }: RunImages<Examples>,
  indices: readonly number[],
): number | readonly number[] | undefined {
  if (label !== undefined) return label;
  return labelsFor(run, directory, labels && indices.map((i) => labels[i]!));
}

/** Throws unless there are images of some numbers. */
export function checkIndices(
  flag: string,
  indices: readonly number[],
  { set, title }: RunImages<Examples>,
): void {
  const wrong = indices.find((index) => index >= set.count);
  if (wrong === undefined) return;
  throw new LatentkitError(
    'E_RANGE',
    `${flag}: there are ${set.count} ${title}, numbered from 0 to ${set.count - 1}; got ${wrong}`,
  );
}
