import { LatentkitError, portableLog } from '@latentkit/core';
import { checkOptions } from '@latentkit/core/options';
import { add, multiply, scale, softmax, sum } from '@latentkit/losses/ops';
import type { ClassPass, Pass } from '@latentkit/models';
import * as tf from '@tensorflow/tfjs-core';
import { type Term, weightRule } from '../term.ts';

type Weighed = Partial<Pick<Term, 'weight'>>;

const RULES = { weight: weightRule };

/** What a pass makes of the classes. Throws `E_CONFIG` where a model tells none. */
function classesOf({ classes }: Pass, term: string): ClassPass {
  if (classes) return classes;
  throw new LatentkitError('E_CONFIG', `${term}: this model tells no classes`, {
    fix: "Leave the term out, or take a model of kind 'semiSupervised'",
  });
}

/** The labels of a batch, `[batch, classes]`: zero where there is none. */
function labelsOf({ context: { inputs } }: Pass, term: string): tf.Tensor2D {
  if (inputs.labels) return inputs.labels as tf.Tensor2D;
  throw new LatentkitError(
    'E_USAGE',
    `${term}: expected the input 'labels', a row of zeros where there is none`,
  );
}

/** 1 for an example without a label, 0 for the others, `[batch, 1]`. */
function unlabelled(labels: tf.Tensor2D): tf.Tensor {
  return tf.sub(1, tf.sum(labels, 1, true));
}

/** `q(y | x)`, from its logarithms. */
function probabilitiesOf(classes: ClassPass): tf.Tensor2D {
  return softmax<tf.Tensor2D>(classes.logProbabilities());
}

/**
 * The bound of what is known of an example: `-log p(x | y, z) - log p(y) + KL(q(z | x, y) || p(z))` of its class, or of every
 * class by `q(y | x)` where it has no label; classes are equally likely before.
 *
 * @see Kingma et al.: "Semi-supervised learning with deep generative models" (2014), equations 6 and 7
 */
export function classBound(options: Weighed = {}): Term {
  checkOptions('classBound', options, RULES);
  const { weight = 1 } = options;
  return {
    ...{ name: 'bound', title: 'Bound of image and class', unit: 'nats', per: 'example', weight },
    evaluate(pass) {
      const classes = classesOf(pass, 'classBound');
      const labels = labelsOf(pass, 'classBound');
      const shares = add(labels, multiply(probabilitiesOf(classes), unlabelled(labels)));
      const bounds = add(classes.negativeLogLikelihoods(), classes.kls());
      const total = sum(multiply(shares, bounds));
      return add(total, tf.scalar(portableLog(labels.shape[1])));
    },
  };
}

/** What not knowing the class is worth, negative: `-H(q(y | x))` of an example without a label, 0 of the others. */
export function classEntropy(options: Weighed = {}): Term {
  checkOptions('classEntropy', options, RULES);
  const { weight = 1 } = options;
  return {
    ...{
      name: 'negativeEntropy',
      title: 'Negative entropy of the class',
      unit: 'nats',
      per: 'example',
      weight,
    },
    evaluate(pass) {
      const classes = classesOf(pass, 'classEntropy');
      const nats = multiply(probabilitiesOf(classes), classes.logProbabilities());
      return sum(multiply(nats, unlabelled(labelsOf(pass, 'classEntropy'))));
    },
  };
}

/**
 * How well labels are told, `-log q(y | x)`: the mean over the labelled examples of a batch.
 *
 * @see Kingma et al.: "Semi-supervised learning with deep generative models" (2014), equation 9
 */
export function classification(options: Weighed = {}): Term {
  checkOptions('classification', options, RULES);
  const { weight = 1 } = options;
  return {
    ...{ name: 'classification', title: 'Cross-entropy of labels', unit: 'nats', per: 'example', weight },
    evaluate(pass) {
      const logs = classesOf(pass, 'classification').logProbabilities();
      const told = sum(multiply(labelsOf(pass, 'classification'), logs));
      return scale(multiply(told, weightsOf(pass, 'classification')), -1);
    },
  };
}

/** The part of the labelled examples whose likeliest class is their label; reported, as it has no slope. */
export function classAccuracy(): Term {
  return {
    ...{ name: 'accuracy', title: 'Accuracy of the class', unit: '', per: 'example', weight: 'reported' },
    evaluate(pass) {
      const logs = classesOf(pass, 'classAccuracy').logProbabilities();
      const isLargest = tf.sub(1, tf.step(tf.sub(tf.max(logs, 1, true), logs)));
      const isRight = tf.sum(tf.mul(labelsOf(pass, 'classAccuracy'), isLargest), 1);
      return tf.mul(isRight, weightsOf(pass, 'classAccuracy'));
    },
  };
}

/** A labelled example's part of the mean over those, `[batch]`: the batch over how many they are, and 0 of the others. */
function weightsOf({ context: { inputs } }: Pass, term: string): tf.Tensor {
  if (inputs.labelled) return inputs.labelled;
  throw new LatentkitError('E_USAGE', `${term}: expected the input 'labelled', a weight an example`);
}
