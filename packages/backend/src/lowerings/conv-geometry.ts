import { LatentkitError } from '@latentkit/core';
import type { ConvolutionGeometry } from '@latentkit/kernels/nn';
import type { backend_util } from '@tensorflow/tfjs-core';

/** tfjs's description of a convolution or pooling in the kernels' terms. */
export function geometryOf(kernelName: string, info: backend_util.Conv2DInfo): ConvolutionGeometry {
  if (info.dataFormat !== 'channelsLast') {
    throw new LatentkitError(
      'E_BACKEND',
      `${kernelName}: images must be channels-last (NHWC), got channels-first`,
      {
        fix: 'Transpose them with tf.transpose(x, [0, 2, 3, 1])',
      },
    );
  }
  return {
    batch: info.batchSize,
    inHeight: info.inHeight,
    inWidth: info.inWidth,
    channels: info.inChannels,
    outHeight: info.outHeight,
    outWidth: info.outWidth,
    windowHeight: info.filterHeight,
    windowWidth: info.filterWidth,
    strideHeight: info.strideHeight,
    strideWidth: info.strideWidth,
    padTop: info.padInfo.top,
    padLeft: info.padInfo.left,
    dilationHeight: info.dilationHeight,
    dilationWidth: info.dilationWidth,
  };
}
