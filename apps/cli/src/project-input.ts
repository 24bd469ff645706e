import type { Points } from '@latentkit/projections';

/** Vectors to project, and what is known of them. */
export interface ProjectInput {
  readonly points: Points;
  readonly labels?: ArrayLike<number>;
  readonly classNames?: readonly string[];
  /** Of a file's: where each stands in it, from 0, where they are not all of it in its order. */
  readonly places?: ArrayLike<number>;
  /** What they are, for a headline. */
  readonly title: string;
}
