import type { Model } from '@latentkit/models';
import { buildNetworks } from './build-networks.ts';
import { activationName, type KerasLayer } from './keras-config.ts';
import type { BuiltLayer, BuiltNetwork } from './network-builder.ts';
import { PARTS, type Part, type ToldPart } from './told-parts.ts';

/** Of a layer's config, what decides its numbers. */
const DECIDING = [
  'units',
  'filters',
  'kernel_size',
  'strides',
  'padding',
  'cropping',
  'scale',
  'offset',
  'alpha',
];

/** What Latentkit wrote, and where the layers of a file are no longer that, as somebody changed them. */
export function compareLayers(
  where: string,
  model: Model,
  told: Readonly<Record<Part, ToldPart>>,
): { written: Record<Part, BuiltNetwork>; change: string | undefined } {
  const compared = [false, true].map((leakyLayers) => {
    const written = buildNetworks(model, { where, leakyLayers });
    return {
      written,
      change: PARTS.map((part) => changeOf(part, told[part].layers, written[part].layers)).find(Boolean),
    };
  });
  return compared.find(({ change }) => change === undefined) ?? compared[0]!;
}

function changeOf(
  part: Part,
  found: readonly KerasLayer[] | undefined,
  written: readonly BuiltLayer[],
): string | undefined {
  if (!found) return `the ${part} lists no layers, and Latentkit wrote them`;
  const kinds = (layers: readonly { className: string }[]) => layers.map(({ className }) => className).join();
  if (kinds(found) !== kinds(written)) return `the ${part} has other layers than Latentkit wrote`;
  for (const [i, { name, config }] of found.entries()) {
    const own: Readonly<Record<string, unknown>> = written[i]!.config;
    const differs = (key: string) =>
      key in config && key in own && JSON.stringify(config[key]) !== JSON.stringify(own[key]);
    const key = DECIDING.find(differs);
    if (key)
      return `'${name}' of the ${part} has ${key} ${JSON.stringify(config[key])}, and Latentkit wrote ${JSON.stringify(own[key])}`;
    const [activation, before] = [config.activation, own.activation].map(activationName);
    if ('activation' in own && activation !== before) {
      return `'${name}' of the ${part} has the activation ${activation}, and Latentkit wrote ${before}`;
    }
  }
  return undefined;
}
