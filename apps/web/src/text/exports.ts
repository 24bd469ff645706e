import type { TakenFormat } from '../lab/messages.ts';

/** What can be taken out: the report is of the whole run. */
export type ExportFormat = TakenFormat | 'report';

/** What the network that is shown can be taken out as. */
export const EXPORTS: readonly {
  readonly format: ExportFormat;
  readonly words: string;
  readonly about: string;
  /** Only of a model of a table, or only of one of images; absent for both. */
  readonly isOfTable?: boolean;
}[] = [
  {
    format: 'report',
    words: 'Report',
    about: 'the run as one page to send or to keep: figures and how to read them, losses, every setting',
  },
  { format: 'model', words: 'safetensors', about: 'model.safetensors and model.json: what Latentkit loads' },
  { format: 'onnx', words: 'ONNX', about: 'an encoder and a decoder, for any runtime' },
  { format: 'keras', words: 'Keras', about: 'an encoder and a decoder as .keras' },
  { format: 'torch', words: 'PyTorch', about: 'a state_dict with the classes that it belongs to' },
  { format: 'tfjs', words: 'TensorFlow.js', about: 'LayersModels of an encoder and a decoder' },
  {
    format: 'csv',
    words: 'Codes as CSV',
    about: 'a row an image: its label, its mean code, and how sure the encoder is',
  },
  {
    format: 'rows',
    words: 'Made-up rows as CSV',
    about: 'a thousand random rows, in the columns, units and words of the table',
    isOfTable: true,
  },
  {
    format: 'page',
    words: 'Map for a page',
    about:
      'a ZIP that <latentkit-map> shows in a blog post or a course: the model with the images of its map',
    isOfTable: false,
  },
  { format: 'svg', words: 'Map as SVG', about: 'for print; the map itself saves a PNG' },
];
