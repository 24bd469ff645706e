import { checkOptions, checkValue } from '@latentkit/core/options';
import { saveModel } from '@latentkit/models/saved';
import { exportKeras } from '../keras/export-keras.ts';
import { exportRule, type ModelToExport } from '../model-to-export.ts';
import { exportOnnx } from '../onnx/export-onnx.ts';
import { exportTorch, type TorchFiles } from '../torch/export-torch.ts';
import { type ExportHubOptions, RULES } from './hub-options.ts';
import { type CardFacts, modelCard } from './model-card.ts';

/** Files by path. */
export type HubFiles = Readonly<Record<string, Uint8Array>> & TorchFiles;

/** What the Hub keeps apart from a repository's history. */
const LARGE = ['*.safetensors', '*.onnx', '*.keras', '*.png'];

/**
 * A folder for the Hugging Face Hub: the model for Latentkit, PyTorch, NumPy, Keras, ONNX and transformers.js, with a model card.
 *
 * `config.json`, `model.safetensors`, `latentkit_torch.py`, `latentkit_numpy.py` as `exportTorch` writes them; `onnx/` and `*.keras` as
 * `exportOnnx` and `exportKeras`; `latentkit/` holds a run's own two files; `preprocessor_config.json` says how pictures become pixels;
 * `README.md` is the card. Nothing of the data goes along, and no path.
 *
 * @returns files by path; the same model and options always give the same bytes.
 * @throws `E_CONFIG` where the spec makes no model; `E_SHAPE`, `E_NOT_FINITE` for weights that are not its.
 * @example
 * const run = await loadRun('runs/first');
 * for (const path of Object.keys(exportHub(run, { name: 'Digits', license: 'mit' }))) console.log(path);
 * @see https://huggingface.co/docs/hub/model-cards
 */
export function exportHub(model: ModelToExport, options: ExportHubOptions = {}): HubFiles {
  checkValue('exportHub', 'model', model, exportRule);
  checkOptions('exportHub', options, RULES);
  const { name = 'Latentkit VAE', pictures = {}, ...told } = options;
  const { spec, weights, epoch } = model;
  const { 'config.json': config, ...torch } = exportTorch(model);
  const facts: CardFacts = { ...told, name, spec, pictures: Object.keys(pictures) };
  const text = (content: string) => new TextEncoder().encode(content);
  const json = (value: unknown) => text(`${JSON.stringify(value, null, 2)}\n`);
  const preprocessor = preprocessorOf(spec.image);
  return {
    'README.md': text(modelCard(facts)),
    'config.json': json({
      ...JSON.parse(new TextDecoder().decode(config)),
      // It would look for weights of 8 bits else.
      'transformers.js_config': { dtype: 'fp32' },
    }),
    ...(preprocessor && { 'preprocessor_config.json': json(preprocessor) }),
    ...torch,
    ...within('onnx', exportOnnx(model)),
    ...exportKeras(model),
    ...within('latentkit', saveModel({ spec, weights, ...(epoch !== undefined && { epoch }) })),
    ...within('figures', pictures),
    '.gitattributes': text(LARGE.map((name) => `${name} filter=lfs diff=lfs merge=lfs -text\n`).join('')),
  };
}

function within(folder: string, files: object): Record<string, Uint8Array> {
  return Object.fromEntries(
    Object.entries<Uint8Array>({ ...files }).map(([name, bytes]) => [`${folder}/${name}`, bytes]),
  );
}

/** How transformers.js makes pixels of a picture; none for images of other channels than pictures have. */
function preprocessorOf({ height, width, channels }: ModelToExport['spec']['image']): object | undefined {
  if (channels !== 1 && channels !== 3) return undefined;
  return {
    image_processor_type: 'ViTImageProcessor',
    ...{ do_resize: true, size: { height, width } },
    ...{ do_rescale: true, rescale_factor: 1 / 255, do_normalize: false },
    do_convert_rgb: channels === 3,
  };
}
