import type { Points } from '@latentkit/projections';

/** Vectors to project, and what is known of them. */
export interface ProjectInput {
  readonly points: Points;
  readonly labels?: ArrayLike<number>;
  readonly classNames?: readonly string[];
  /** What they are, for a headline. */
  readonly title: string;
}
