import { LatentkitError } from '@latentkit/core';
import { fields, optional, scheduleSchema, word } from '@latentkit/core/schema';
import { objectiveKind } from './objective-kind.ts';
import { ofTerms } from './of-terms.ts';
import { classAccuracy, classBound, classEntropy, classification } from './terms/of-classes.ts';

/**
 * Learning with the classes of few images: of an image with a label the bound of both, of one without the same over all classes
 * less their entropy; and the cross-entropy of the labels, whose weight is the paper's alpha over the number of images.
 *
 * @see Kingma et al.: "Semi-supervised learning with deep generative models" (2014), equations 6 to 9
 */
export const semiSupervised = objectiveKind('semiSupervised', {
  fields: fields({ type: word('semiSupervised'), classification: optional(scheduleSchema) }),
  create(model, { classification: weight = 0.1 }) {
    if (!model.classify) {
      throw new LatentkitError(
        'E_CONFIG',
        `createObjective: 'semiSupervised' needs a model that tells classes, which kind '${model.spec.kind}' does not`,
        { fix: "Use kind 'semiSupervised' with condition: { classes }" },
      );
    }
    return ofTerms(model, [classBound(), classEntropy(), classification({ weight }), classAccuracy()], {
      reads: ['labels', 'labelled'],
    });
  },
});
