import type { TermInfo } from '@latentkit/objectives';
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
    ...terms.map(({ name, title, unit }) => ({
      title,
      unit,
      column: name,
      validation: validationColumn(name),
    })),
  ];
}
