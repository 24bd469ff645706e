import * as tf from '@tensorflow/tfjs-core';
import type { Term } from '../term.ts';
import { quantisedOf } from './quantised-of.ts';

/** Below what a float32 tells from 0 beside any share of a batch that there is. */
const LEAST_SHARE = 1e-10;

/**
 * How many codes a batch uses, `exp(-sum of p log p)` of their shares: 1 where all vectors have the same code, the codebook's size
 * where all are used alike. It is reported: nothing learns from it.
 */
export function perplexity(): Term {
  return {
    ...{ name: 'perplexity', title: 'Perplexity of codes', unit: 'codes', per: 'batch', weight: 'reported' },
    evaluate(pass) {
      const { chosen } = quantisedOf(pass, 'perplexity');
      const shares = tf.mul(tf.sum(chosen, 0), 1 / chosen.shape[0]);
      return tf.exp(tf.neg(tf.sum(tf.mul(shares, tf.log(tf.add(shares, LEAST_SHARE))))));
    },
  };
}
