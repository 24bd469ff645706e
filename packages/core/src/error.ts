/** What went wrong, as a stable word that programs can branch on. */
export type ErrorCode =
  | 'E_USAGE' // the caller asked for something that cannot be: an unknown flag, a clash of options
  | 'E_UNKNOWN_NAME' // no recipe, dataset, engine, ... goes by that name
  | 'E_CONFIG' // a config does not fit its schema
  | 'E_RANGE' // a number outside its range
  | 'E_SHAPE' // tensors or arrays whose sizes do not fit together
  | 'E_FORMAT' // bytes that are not what the format says
  | 'E_LIMIT' // a size field beyond what we are willing to allocate
  | 'E_CHECKSUM' // bytes that are not the published ones
  | 'E_NETWORK' // nothing could be downloaded
  | 'E_EXISTS' // writing would overwrite somebody's work
  | 'E_NOT_FOUND' // a file or folder is missing
  | 'E_IO' // the disk refused
  | 'E_NOT_FINITE' // NaN or infinity where a number must be
  | 'E_BACKEND'; // the compute backend is missing or cannot do what was asked

export interface LatentkitErrorOptions {
  /** What the reader can do about it, as a full sentence. */
  fix?: string;
  cause?: unknown;
}

/**
 * The one error class of Latentkit: a code for programs, and a message that says where, what was expected,
 * what was got and (in `fix`) what to do.
 *
 * @example
 * throw new LatentkitError('E_SHAPE', 'klStandardNormal: mean and logVar must have the same shape, got [64, 2] and [64, 3]');
 */
export class LatentkitError extends Error {
  readonly code: ErrorCode;
  readonly fix: string | undefined;

  constructor(code: ErrorCode, message: string, { fix, cause }: LatentkitErrorOptions = {}) {
    super(fix === undefined ? message : `${message.replace(/\.$/, '')}. ${fix}`, { cause });
    this.name = 'LatentkitError';
    this.code = code;
    this.fix = fix;
  }
}
