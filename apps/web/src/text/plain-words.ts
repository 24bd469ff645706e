import { ownWordsOf } from './fields.ts';
import { sayCount, sayMegabytes } from './phrases.ts';

/** Functions of the packages that are called by one small word. */
const SMALL =
  'accelerator|config|decode|encode|gunzip|heap|init|model|pass|project|read|record|rename|sample|score|train';
/** The config that the page has made is what all of it is about. */
const OWN = /^config: /;
/** A function's name before what it says, at the beginning or after a file's name. */
const FUNCTION = new RegExp(`(?<=^|: )(?:[a-z]+(?:[A-Z0-9]\\w*)+|${SMALL}): `, 'g');
/** `training.learningRate.from`, `model.encoder.hidden[0]`. */
const PATH = /\b(?:dataset|model|objective|training|figures)(?:\.[A-Za-z]\w*|\[\d+\])+/g;
/** What is meant for programs and terminals beside a sentence: `(maxBytes)`, `(size: 28, --size 28)`, `(clip.norm, say 1)`. */
const ASIDE = / \((?:in a program\b|[a-z]+(?:[A-Z]\w*|\.\w+|: )|--)[^)]*\)/g;
/** The same behind a sentence: `: batchSize, --batch-size`. */
const FLAG = /: \w+, --[\w-]+/g;
/** What a file or a person is called by is no word of ours. */
const NAME = /(?<!\w)'[^']*'(?!\w)|"[^"]*"|(?<![\w.])(?!dataset\.)[^\s'"(]+\.(?!\d)\w{2,11}\b(?!\()/g;
/** Code, and words that are of use to programmers alone. */
const PROGRAM = [
  /\b[a-z]+(?:[A-Z]|_)\w*/, // maxBytes, data_offsets
  /\w\(|[{}`=]|--\w|@\w|[<>|]\w\d/, // fromArrays(, { shape }, --epochs, @latentkit/core, <f4
  /\bE_[A-Z]|\b\w+Array\b|\bTypeError\b|\bdataset\.\w/,
  /\b(?:accelerator|descr|dtype|float32|float64|gzip stream|h5py|int64|metadata|offsets?|one-hot|scalar|session|slot|tensors?|tfjs)\b/i,
  /\b(?:bundler|CORS|connect-src|content security policy|script-src|Uint8|undefined|worker-src)\b/,
];

/** Words for a person. */
export interface PlainWords {
  readonly words: string;
  /** Whether nothing but names of fields and numbers is said otherwise. */
  readonly isWhole: boolean;
}

/**
 * What a package says, for somebody who does not know the program: without the names of functions and options, fields by what the page
 * calls them, numbers as people write them. Clauses that speak of the program are left out where the first does not.
 *
 * @returns undefined where it speaks of the program all the same.
 */
export function plainWords(text: string): PlainWords | undefined {
  const said = text.replace(OWN, '');
  const told = said.replace(FUNCTION, '').replace(ASIDE, '').replace(FLAG, '');
  const [first, ...more] = told
    .replace(PATH, labelOf)
    .replace(/\b(\d{6,}) bytes\b/g, (_, bytes) => sayMegabytes(Number(bytes)))
    .replace(/(?<![\w.,'/-])\d{5,15}(?![\w,'/-]|\.\w)/g, (digits) => sayCount(Number(digits)))
    .split(/(?=; |\. )/);
  if (!isPlain(first!)) return undefined;
  const others = more.filter(isPlain);
  return { words: first + others.join(''), isWhole: told === said && others.length === more.length };
}

function isPlain(words: string): boolean {
  const ours = words.replace(NAME, '');
  return !PROGRAM.some((pattern) => pattern.test(ours));
}

/** A field by its label; one that there is none of is what a person has called it, and a file has its own name. */
function labelOf(path: string): string {
  const label = ownWordsOf(path.replace(/\[\d+\]/g, ''))?.label;
  return label === undefined ? path : `“${label}”`;
}
