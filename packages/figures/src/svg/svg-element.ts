/** Numbers of an SVG are rounded to this many decimals: a fiftieth of a pixel at scale 2 is seen by nobody. */
const DECIMALS = 2;
const LONG_NUMBER = /-?\d+\.\d{3,}(e[-+]?\d+)?/g;

function shorten(value: number): string {
  const rounded = Number(value.toFixed(DECIMALS));
  return String(rounded === 0 ? 0 : rounded);
}

/** A piece of text between tags. */
export class SvgText {
  parentNode: SvgElement | null = null;
  readonly data: string;

  constructor(data: string) {
    this.data = data;
  }
}

/**
 * A node of an SVG tree that can be written as a string: just enough of the DOM for d3-selection and Observable Plot
 * to draw into it, and nothing that needs a browser.
 *
 * @example
 * const circle = new SvgElement('circle');
 * circle.setAttribute('r', 3);
 */
export class SvgElement {
  readonly tagName: string;
  readonly namespaceURI = 'http://www.w3.org/2000/svg';
  readonly attributes = new Map<string, string>();
  readonly childNodes: (SvgElement | SvgText)[] = [];
  parentNode: SvgElement | null = null;

  constructor(tagName: string) {
    this.tagName = tagName;
  }

  /** Where d3-selection makes new nodes. */
  get ownerDocument(): typeof svgDocument {
    return svgDocument;
  }

  get textContent(): string {
    return this.childNodes.map((node) => (node instanceof SvgText ? node.data : node.textContent)).join('');
  }

  set textContent(text: string | null) {
    this.childNodes.length = 0;
    if (text !== null && text !== '') this.appendChild(new SvgText(String(text)));
  }

  setAttribute(name: string, value: string | number): void {
    const text =
      typeof value === 'number'
        ? shorten(value)
        : name === 'd' || name === 'transform'
          ? String(value).replace(LONG_NUMBER, (number) => shorten(Number(number)))
          : String(value);
    this.attributes.set(name, text);
  }

  setAttributeNS(_space: string | null, name: string, value: string | number): void {
    this.setAttribute(name, value);
  }

  getAttribute(name: string): string | null {
    return this.attributes.get(name) ?? null;
  }

  hasAttribute(name: string): boolean {
    return this.attributes.has(name);
  }

  removeAttribute(name: string): void {
    this.attributes.delete(name);
  }

  appendChild<Child extends SvgElement | SvgText>(child: Child): Child {
    return this.insertBefore(child, null);
  }

  insertBefore<Child extends SvgElement | SvgText>(child: Child, next: SvgElement | SvgText | null): Child {
    child.parentNode?.removeChild(child);
    const at = next === null ? -1 : this.childNodes.indexOf(next);
    if (at < 0) this.childNodes.push(child);
    else this.childNodes.splice(at, 0, child);
    child.parentNode = this;
    return child;
  }

  removeChild<Child extends SvgElement | SvgText>(child: Child): Child {
    const at = this.childNodes.indexOf(child);
    if (at >= 0) this.childNodes.splice(at, 1);
    child.parentNode = null;
    return child;
  }
}

/** The `document` that Observable Plot draws with. It keeps nothing: nodes belong to whoever asked for them. */
export const svgDocument = {
  documentElement: new SvgElement('svg'),
  createElementNS: (_space: string, name: string) => new SvgElement(name),
  createTextNode: (data: string) => new SvgText(data),
};
