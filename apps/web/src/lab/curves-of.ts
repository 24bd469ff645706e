import { type TermInfo, weightColumnOf } from '@latentkit/objectives';
import { validationColumn } from '@latentkit/trainers';
import type { Curve } from './messages.ts';

/** The curves of a run: its loss and, where they are several, what it is made of. */
export function curvesOf(terms: readonly TermInfo[]): Curve[] {
  const unit = terms.every((term) => term.unit === terms[0]?.unit) ? (terms[0]?.unit ?? '') : '';
  const loss = { title: 'Loss', unit, column: 'loss', validation: validationColumn('loss') };
  // One term is the loss.
  if (terms.length < 2) return [loss];
  return [
    loss,
    ...terms.map((term) => ({
      ...{ title: term.title, unit: term.unit },
      ...{ column: term.name, validation: validationColumn(term.name) },
      ...(term.weight !== 'reported' && { weight: weightOf(term) }),
    })),
  ];
}

function weightOf(term: TermInfo): NonNullable<Curve['weight']> {
  const column = weightColumnOf(term);
  return {
    ...(column !== undefined && { column }),
    ...(typeof term.weight === 'number' && { always: term.weight }),
  };
}
