import type { ConvolutionGeometry } from '@latentkit/kernels/nn';
import type { ConvolutionOperation, ConvolveBackpropFilterOperation } from './operation.ts';
import type { OperationRule } from './operation-rule.ts';

const positions = ({ batch, outHeight, outWidth }: ConvolutionGeometry) => batch * outHeight * outWidth;
const patch = ({ windowHeight, windowWidth, channels }: ConvolutionGeometry) =>
  windowHeight * windowWidth * channels;

export const convolutionRule: OperationRule<ConvolutionOperation> = {
  run(nn, { kind, geometry, outChannels, activation, alpha }, [x, filter, bias = 0], output) {
    nn[kind](geometry, outChannels, x!, filter!, output, { bias, activation, alpha });
  },
  alongBatch(operation, batch, [x, ...others]) {
    const { geometry } = operation;
    if (!x || others.includes(true) || geometry.batch !== batch) return undefined;
    return {
      advances: [true, false, false],
      take: (rows) => ({ ...operation, geometry: { ...geometry, batch: rows } }),
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
