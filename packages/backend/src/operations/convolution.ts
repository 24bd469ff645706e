import { type ConvolutionGeometry, FILTER_CHUNK_IMAGES } from '@latentkit/kernels/nn';
import type {
  ConvolutionOperation,
  ConvolveBackpropFilterOperation,
  ConvolveBackpropFilterPartsOperation,
  Operation,
} from './operation.ts';
import type { OperationRule } from './operation-rule.ts';

const positions = ({ batch, outHeight, outWidth }: ConvolutionGeometry) => batch * outHeight * outWidth;
const patch = ({ windowHeight, windowWidth, channels }: ConvolutionGeometry) =>
  windowHeight * windowWidth * channels;

/** The same on another number of images. */
export const withImages = <Kind extends Operation & { geometry: ConvolutionGeometry }>(
  operation: Kind,
  images: number,
): Kind => ({ ...operation, geometry: { ...operation.geometry, batch: images } });

export const convolutionRule: OperationRule<ConvolutionOperation> = {
  run(nn, { kind, geometry, outChannels, activation, alpha }, [x, filter, bias = 0], output) {
    nn[kind](geometry, outChannels, x!, filter!, output, { bias, activation, alpha });
  },
  alongBatch(operation, batch, [x, ...others]) {
    const { geometry } = operation;
    if (!x || others.includes(true) || geometry.batch % batch !== 0) return undefined;
    return {
      advances: [true, false, false],
      take: (rows) => withImages(operation, (geometry.batch / batch) * rows),
    };
  },
  pieces: (operation) => [{ operation, inputs: [0, 0, 0], output: 0 }],
  cost: ({ geometry, outChannels }) => 2 * positions(geometry) * patch(geometry) * outChannels,
};

export const convolveBackpropFilterRule: OperationRule<ConvolveBackpropFilterOperation> = {
  run(nn, { geometry, outChannels }, [x, dy], output) {
    nn.convolveBackpropFilter(geometry, outChannels, x!, dy!, output);
  },
  alongBatch: () => undefined,
  pieces: (operation) => [{ operation, inputs: [0, 0], output: 0 }],
  cost: ({ geometry, outChannels }) => 2 * positions(geometry) * patch(geometry) * outChannels,
};

/** One sum after another, by the kernel that adds them up where they are not wanted apart. */
export const convolveBackpropFilterPartsRule: OperationRule<ConvolveBackpropFilterPartsOperation> = {
  run(nn, { geometry, outChannels }, [x, dy], output) {
    const { batch, inHeight, inWidth, channels, outHeight, outWidth } = geometry;
    for (let image = 0; image < batch; image += FILTER_CHUNK_IMAGES) {
      nn.convolveBackpropFilter(
        { ...geometry, batch: Math.min(FILTER_CHUNK_IMAGES, batch - image) },
        outChannels,
        x! + 4 * image * inHeight * inWidth * channels,
        dy! + 4 * image * outHeight * outWidth * outChannels,
        output + 4 * (image / FILTER_CHUNK_IMAGES) * patch(geometry) * outChannels,
      );
    }
  },
  alongBatch: () => undefined,
  pieces: (operation) => [{ operation, inputs: [0, 0], output: 0 }],
  cost: ({ geometry, outChannels }) => 2 * positions(geometry) * patch(geometry) * outChannels,
};
