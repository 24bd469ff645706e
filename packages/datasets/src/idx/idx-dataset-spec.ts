import type { DigestAlgorithm } from '../download/digest-hex.ts';

/** One published IDX file of bytes. */
export interface IdxFileSpec {
  /** Without `.gz`. */
  readonly name: string;
  /** What the IDX header must say. */
  readonly shape: readonly number[];
  readonly checksum: {
    readonly algorithm: DigestAlgorithm;
    /** The unpacked bytes, or the gzip stream as it is on the mirrors. */
    readonly of: 'content' | 'gzip';
    readonly hex: string;
  };
}

export type IdxFileRole = 'trainImages' | 'trainLabels' | 'testImages' | 'testLabels';

/** A dataset of four IDX files, as MNIST made the custom: where they are and how to know them. */
export interface IdxDatasetSpec {
  readonly name: string;
  readonly classNames: readonly string[];
  /** Addresses that a file's name and `.gz` are put behind, best first. */
  readonly mirrors: readonly string[];
  /**
   * Those whose files a page of another origin may read (CORS), best first; a page asks no others, elsewhere they come last. Left
   * out, a page asks `mirrors`.
   */
  readonly pageMirrors?: readonly string[];
  readonly files: Readonly<Record<IdxFileRole, IdxFileSpec>>;
  /** Another dataset whose files go by the same names, so that they are not taken for this one's. */
  readonly namesake?: IdxDatasetSpec;
}
