import {
  fields,
  list,
  named,
  optional,
  rule,
  type Schema,
  type SpecOf,
  text,
  whole,
  word,
} from '@latentkit/core/schema';

const MOST = 10_000; // images in a picture

/** What may be said of each figure of a run: its name is enough. Apart from what draws them, which takes long to load. */
export const FIGURE_FIELDS = [
  /** `smoothing`: epochs of the curves' moving average, of a run at least three times as long. */
  fields({ name: word('loss-curves'), smoothing: optional(whole(1)) }),
  fields({ name: word('reconstructions'), count: optional(whole(1, MOST)) }),
  /** Of a table: how well each column is given back. */
  fields({ name: word('columns') }),
  fields({
    name: word('samples'),
    count: optional(whole(1, MOST)),
    columns: optional(whole(1, MOST)),
  }),
  /** A second picture of samples, few and large. */
  fields({ name: word('sample-row'), count: optional(whole(1, MOST)) }),
  /** Images of the dataset at random, to hold samples against. */
  fields({ name: word('originals'), count: optional(whole(1, MOST)), columns: optional(whole(1, MOST)) }),
  /** Evenly spaced codes, from -3 to 3 of a prior. */
  fields({ name: word('latent-grid'), steps: optional(whole(2, 100)) }),
  /** Codes at evenly spaced quantiles of the prior. */
  fields({ name: word('latent-walk'), steps: optional(whole(2, 100)) }),
  /** Single dimensions, a row each. */
  fields({ name: word('traversal'), steps: optional(whole(2, 100)) }),
  fields({ name: word('latent-scatter') }),
  fields({ name: word('kl-by-dimension') }),
  /** Of a codebook: how often each code is chosen. */
  fields({ name: word('codebook-use') }),
] as const;

/** The codes of some test images in the plane, by one method beside another: in `projections/`, as the command writes them. */
export const projectionsFields = fields({
  name: word('projections'),
  /** How many images, drawn by the seed. */
  points: optional(whole(3)),
  methods: optional(list(text())),
  seed: optional(whole(0)),
});

/** A figure by its name, and how it is wanted. */
export type FigureSpec = SpecOf<(typeof FIGURE_FIELDS)[number]>;

/** What a figure of a name may be told. */
export type FigureSpecOf<Name extends FigureSpec['name']> = Extract<FigureSpec, { readonly name: Name }>;

/** What their files are called. */
export const FIGURE_NAMES: readonly FigureSpec['name'][] = FIGURE_FIELDS.map(
  ({ entries }) => (entries.name as unknown as { literal: FigureSpec['name'] }).literal,
);

export type ProjectionsSpec = SpecOf<typeof projectionsFields>;

/** The figures of a run, in the order of its report. */
export const figureSpecsSchema: Schema<readonly (FigureSpec | ProjectionsSpec)[]> = rule(
  list(named('name', [...FIGURE_NAMES, 'projections'], [...FIGURE_FIELDS, projectionsFields])),
  (specs) => {
    const twice = specs.find(({ name }, i) => specs.findIndex((other) => other.name === name) < i);
    return twice && `figures has '${twice.name}' twice, and each is one file. Leave one of them out`;
  },
);

/** Where nobody chose: every figure that tells something of its own. */
export const DEFAULT_FIGURES: readonly FigureSpec[] = [
  { name: 'loss-curves' },
  { name: 'reconstructions' },
  { name: 'samples' },
  { name: 'latent-grid' },
  { name: 'latent-scatter' },
  { name: 'kl-by-dimension' },
];
