import { MAP_ROLE } from '../scatter/events.ts';
import { TOUCH_HINT } from '../text/map-news.ts';
import styles from './embed.css?inline';

/** What the element is made of, inside its shadow. */
export interface EmbedParts {
  readonly map: HTMLElement;
  /** The picture of the place under the hand, and what stands below it. */
  readonly decoded: HTMLCanvasElement;
  readonly place: HTMLElement;
  /** The image of the dot under the hand. */
  readonly image: HTMLCanvasElement;
  readonly imageName: HTMLElement;
  readonly classes: HTMLElement;
  readonly told: HTMLSelectElement;
  readonly zoomIn: HTMLButtonElement;
  readonly zoomOut: HTMLButtonElement;
  readonly fit: HTMLButtonElement;
  /** How far it is, and what went wrong. */
  readonly status: HTMLElement;
  /** What the map says to those who do not see it. */
  readonly said: HTMLElement;
}

/** Styles by this way hold under a policy without inline ones. One sheet serves all elements of a page. */
let sheet: CSSStyleSheet | undefined;

function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string | number>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, String(value));
  element.append(...children);
  return element;
}

/** Fills a shadow with the parts. Nothing of a run is in them yet. */
export function createParts(root: ShadowRoot): EmbedParts {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
  }
  root.adoptedStyleSheets = [sheet];
  const button = (words: string, title: string) =>
    make('button', { type: 'button', title, 'aria-label': title }, words);
  const parts: EmbedParts = {
    map: make('div', { class: 'map', part: 'map', ...MAP_ROLE }),
    decoded: make('canvas', { role: 'img', 'aria-label': 'Decoded' }),
    place: make('p'),
    image: make('canvas', { role: 'img', 'aria-label': 'Image', hidden: '' }),
    imageName: make('p'),
    classes: make('ul', { class: 'classes', 'aria-label': 'Classes' }),
    told: make('select', { 'aria-label': 'Class that codes are decoded as' }),
    zoomIn: button('+', 'Zoom in'),
    zoomOut: button('\u2212', 'Zoom out'),
    fit: button('Fit', 'Fit the whole map'),
    status: make('p', { class: 'status', role: 'status' }),
    said: make('p', { class: 'unseen', 'aria-live': 'polite' }),
  };
  const { map, decoded, place, image, imageName, classes, told, zoomIn, zoomOut, fit, status, said } = parts;
  const frame = make(
    'div',
    { class: 'frame' },
    map,
    make('div', { class: 'tools' }, zoomIn, zoomOut, fit),
    status,
  );
  const seen = make(
    'div',
    { class: 'seen' },
    make('div', {}, decoded, place),
    make('div', {}, image, imageName),
  );
  const toldLabel = make('label', { class: 'told', hidden: '' }, 'Decoded as ', told);
  const hint = make('p', { class: 'hint' }, TOUCH_HINT);
  const side = make('div', { class: 'side' }, seen, toldLabel, classes, hint);
  const slot = make('slot');
  const caption = make('figcaption', { part: 'caption', hidden: '' }, slot);
  slot.addEventListener('slotchange', () => {
    caption.hidden = !slot.assignedNodes().some((one) => one instanceof Element || one.textContent?.trim());
  });
  root.replaceChildren(
    make('figure', { part: 'figure' }, make('div', { class: 'body' }, frame, side), caption, said),
  );
  return parts;
}
