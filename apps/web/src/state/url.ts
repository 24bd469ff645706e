import { FIRST_SETTING, type Setting } from './setting.ts';

/** Where in the lab one is. */
export const PLACES = ['train', 'map', 'evaluate', 'compare', 'runs'] as const;
export type Place = (typeof PLACES)[number];

/** Parts of the lab that a link may hide: a teacher shows the class less. */
export const PART_NAMES = [
  'data',
  'network',
  'numbers',
  'details',
  'recipe',
  'runs',
  'copies',
  'loss',
  'inspector',
  'reconstructions',
  'samples',
  'kl',
  'sliders',
  'walk',
  'selection',
  'draw',
  'grid',
] as const;
export type PartName = (typeof PART_NAMES)[number];

/** What a link says. */
export interface Link {
  readonly place: Place;
  readonly setting: Setting;
  /** A finished run to show: a folder beside the page. */
  readonly open?: string;
  /** How a link's run is known to be the same: the first digits of its weights' fingerprint. */
  readonly fingerprint?: string;
  /** Parts of the lab that are not shown. */
  readonly hidden: readonly PartName[];
  /** Parts of the link that are none of ours: shown, not left out in silence. */
  readonly unknown: readonly string[];
}

/** The version of links: what older pages cannot read gets another one. */
const VERSION = '1';
/** Fields that have a short name in links. */
const SHORT: Readonly<Record<string, string>> = {
  beta: 'training.beta',
  seed: 'training.seed',
  epochs: 'training.epochs',
  codes: 'model.latentDim',
  images: 'dataset.limit',
};
const PATH = /^(?:dataset|model|objective|training)(?:\.[A-Za-z]\w*){1,6}$/;
/** A folder below the page's: no other host, and nothing above. */
const FOLDER = /^(?!.*(?:^|\/)\.\.?(?:\/|$))[\w.-]+(?:\/[\w.-]+)*\/?$/;
/** Long enough that two runs do not share it by chance. */
const FINGERPRINT_DIGITS = 16;

/** Reads a page's hash: `#/map?recipe=digits-dense&beta=4&v=1`. */
export function readLink(hash: string): Link {
  const [, path = '', query = ''] = /^#?\/?([^?]*)\??(.*)$/s.exec(hash) ?? [];
  const place = PLACES.find((one) => one === path) ?? 'train';
  const unknown: string[] = place === path || path === '' ? [] : [path];
  let { recipe, dataset } = FIRST_SETTING;
  let fingerprint: string | undefined;
  let open: string | undefined;
  const hidden: PartName[] = [];
  const changes: Record<string, unknown> = {};
  for (const [name, text] of new URLSearchParams(query)) {
    const field = Object.hasOwn(SHORT, name) ? SHORT[name]! : name;
    if (name === 'recipe') recipe = text;
    else if (name === 'data') dataset = text;
    else if (name === 'w' && /^[0-9a-f]{8,64}$/.test(text)) fingerprint = text;
    else if (name === 'open' && FOLDER.test(text)) open = text;
    else if (name === 'hide') {
      for (const word of text.split(',')) {
        const part = PART_NAMES.find((one) => one === word);
        if (part) hidden.push(part);
        else unknown.push(`hide=${word}`);
      }
    } else if (PATH.test(field)) changes[field] = parseValue(text);
    else if (name !== 'v' || text !== VERSION) unknown.push(`${name}=${text}`);
  }
  return {
    place,
    setting: { recipe, dataset, changes },
    hidden,
    ...(fingerprint && { fingerprint }),
    ...(open && { open }),
    unknown,
  };
}

type LinkToWrite = Omit<Link, 'unknown' | 'hidden'> & Partial<Pick<Link, 'hidden'>>;

/** A link as {@link readLink} reads it, with what is not usual alone. */
export function writeLink({ place, setting, hidden = [], fingerprint, open }: LinkToWrite): string {
  const { recipe, dataset, changes } = setting;
  const words: [string, string][] = [];
  if (recipe !== FIRST_SETTING.recipe) words.push(['recipe', recipe]);
  if (dataset !== FIRST_SETTING.dataset) words.push(['data', dataset]);
  for (const [path, value] of Object.entries(changes)) {
    const short = Object.keys(SHORT).find((name) => SHORT[name] === path);
    words.push([short ?? path, typeof value === 'string' ? value : JSON.stringify(value)]);
  }
  if (open) words.push(['open', open]);
  if (hidden.length > 0) words.push(['hide', hidden.join(',')]);
  if (fingerprint) words.push(['w', fingerprint.slice(0, FINGERPRINT_DIGITS)]);
  if (words.length > 0) words.push(['v', VERSION]);
  // Readable in a message: of what a hash may hold as it is, the least that must be hidden is.
  const query = words.map(
    ([name, text]) => `${name}=${encodeURIComponent(text).replaceAll('%2C', ',').replaceAll('%2F', '/')}`,
  );
  const path = place === 'train' ? '' : place;
  return `#/${path}${query.length > 0 ? `?${query.join('&')}` : ''}`;
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text, (_, value) => {
      // It would be written as null, which leaves the field out.
      if (Math.abs(value) === Number.POSITIVE_INFINITY) throw new RangeError('larger than any number');
      return value;
    });
  } catch {
    return text;
  }
}
