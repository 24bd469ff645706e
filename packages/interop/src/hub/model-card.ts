import { describeShape } from '@latentkit/core';
import type { ModelSpec } from '@latentkit/models';
import type { ExportHubOptions } from './hub-options.ts';

export interface CardFacts extends Omit<ExportHubOptions, 'name' | 'pictures'> {
  readonly name: string;
  readonly spec: ModelSpec;
  /** File names in `figures`. */
  readonly pictures: readonly string[];
}

/** As its line has it; what looks for imports takes it for none of this file's. */
const TRANSFORMERS = "'@huggingface/transformers'";
const PICTURE_WIDTH = 410; // two stand side by side on the Hub

/** `README.md` of a repository on the Hub: what it reads as YAML, and what people read. */
export function modelCard(facts: CardFacts): string {
  const { name, spec, dataset, command, metrics = {}, pictures } = facts;
  const rows = Object.entries(metrics).map(([what, value]) => `| ${what} | ${round(value)} |\n`);
  const parts = [
    frontMatter(facts),
    `# ${name}`,
    `${describe(spec)}${dataset === undefined ? '' : `, trained on ${dataset}`}. Made with [Latentkit](https://github.com/latentkit/latentkit).`,
    rows.length > 0 &&
      `| on images that it did not learn from | |\n| --- | --- |\n${rows.join('')}`.trimEnd(),
    pictures
      .map((file) => `<img src="figures/${file}" alt="${captionOf(file)}" width="${PICTURE_WIDTH}">`)
      .join('\n'),
    FILES,
    ...snippets(spec),
    command !== undefined && `## Trained by\n\n\`\`\`sh\nnpx @latentkit/cli ${command}\n\`\`\``,
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

/** JSON is YAML, and quotes what YAML would take for something else. */
function frontMatter({ name, spec, license, dataset, metrics = {} }: CardFacts): string {
  const isTold = spec.condition !== undefined;
  const task = 'image-feature-extraction';
  const tags = ['latentkit', spec.kind === 'vae' ? 'variational-autoencoder' : 'autoencoder', 'onnx'];
  const results =
    dataset === undefined || Object.keys(metrics).length === 0
      ? undefined
      : {
          task: { type: task },
          dataset: { name: dataset, type: slugOf(dataset) },
          metrics: Object.entries(metrics).map(([what, value]) => ({
            ...{ name: what, type: slugOf(what), value: round(value) },
          })),
        };
  const values = {
    ...(license !== undefined && { license }),
    // Told classes are more than its pipelines ask for.
    library_name: isTold ? 'keras' : 'transformers.js',
    ...(!isTold && { pipeline_tag: task }),
    tags,
    ...(results && { 'model-index': [{ name, results: [results] }] }),
  };
  const lines = Object.entries(values).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return ['---', ...lines, '---'].join('\n');
}

/** In the Hub's names: small letters and hyphens. */
const slugOf = (words: string) =>
  words
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
    .join('-');
const round = (value: number) => Number(value.toPrecision(6));
const captionOf = (file: string) => file.replace(/\.[a-z]+$/, '').replaceAll('-', ' ');

function describe({ kind, image, latentDim, encoder, decoder, condition }: ModelSpec): string {
  const model = kind === 'vae' ? 'variational autoencoder' : 'autoencoder';
  const nets = new Set(
    [encoder.type, decoder.type].map(
      (type) => ({ conv: 'convolutional', mlp: 'dense', residual: 'residual' })[type],
    ),
  );
  const words = `A ${[...nets].join(' and ')} ${model} of images of ${describeShape(image)}, with ${latentDim} latent dimension${latentDim === 1 ? '' : 's'}`;
  return condition ? `${words}, told which of ${condition.classes} classes` : words;
}

const FILES = `| file | for |
| --- | --- |
| \`onnx/encoder_model.onnx\`, \`onnx/decoder_model.onnx\` | onnxruntime in any language, transformers.js |
| \`encoder.keras\`, \`decoder.keras\` | Keras 3 on any backend |
| \`model.safetensors\`, \`config.json\`, \`latentkit_torch.py\`, \`latentkit_numpy.py\` | PyTorch, NumPy |
| \`latentkit/\` | Latentkit, to the bit |

Pixels are float32 from 0 to 1 outside, whatever the networks have inside; channels come first but in Keras.`;

function snippets(spec: ModelSpec): string[] {
  const { kind, image, latentDim, condition, prior } = spec;
  const isNormal = kind === 'vae' && (prior === undefined || prior.type === 'standardNormal');
  const isPicture = image.channels === 1 || image.channels === 3;
  const told = (rows: number) =>
    condition
      ? `labels = np.eye(${condition.classes}, dtype=np.float32)[np.zeros(${rows}, int)]  # which class\n`
      : '';
  const javascript = `## In JavaScript

\`\`\`js
import { pipeline, RawImage } from ${TRANSFORMERS};

const extract = await pipeline('image-feature-extraction', 'YOUR/REPOSITORY', {
  model_file_name: 'encoder_model',
  dtype: 'fp32',
});
const image = await RawImage.read('picture.png');
const code = await extract(${image.channels === 1 ? 'image.grayscale()' : 'image.rgb()'}); // [1, ${latentDim}]
\`\`\``;
  const python = `## In Python

\`\`\`python
import numpy as np
import onnxruntime

decoder = onnxruntime.InferenceSession('onnx/decoder_model.onnx')
codes = ${isNormal ? `np.random.default_rng(1).standard_normal((16, ${latentDim}), dtype=np.float32)` : `np.zeros((16, ${latentDim}), np.float32)  # or those of the encoder`}
${told(16)}(images,) = decoder.run(None, {'latent': codes${condition ? ", 'labels': labels" : ''}})  # (16, ${image.channels}, ${image.height}, ${image.width})
\`\`\`

\`\`\`python
import torch
from latentkit_torch import load

model = load('.')  # an ordinary module: train it further if you like
\`\`\``;
  return [...(isPicture && !condition ? [javascript] : []), python];
}
