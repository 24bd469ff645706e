import { LatentkitError } from '@latentkit/core';
import { whyNothingTrains } from '../state/obstacles.ts';
import { sayError } from '../text/faults.ts';
import { createParts, type EmbedParts } from './embed-parts.ts';
import { openEmbeddedModel } from './embedded-model.ts';
import { fetchZip, nameOf } from './fetch-zip.ts';
import { openEmbeddedMap } from './open-embedded-map.ts';
import { readZippedRun } from './read-zipped-run.ts';

/** So near to the window an element begins: a page of many maps loads those that are read. */
const NEAR = '400px';

/**
 * `<latentkit-map src="run.zip">`: the latent map of a trained run, for any page. What is between its tags is the caption.
 *
 * Fires `load` once the map is there, and `error` (an `ErrorEvent`) where none can be; a reader is told in a sentence.
 */
class LatentkitMap extends HTMLElement {
  static readonly observedAttributes = ['src', 'label'];
  /** Of what is shown now, or loaded: aborted when it is not any more. */
  #showing: AbortController | undefined;

  get src(): string | null {
    return this.getAttribute('src');
  }
  set src(src: string) {
    this.setAttribute('src', src);
  }

  connectedCallback(): void {
    this.#begin();
  }
  disconnectedCallback(): void {
    this.#end();
  }
  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (!this.isConnected || before === now) return;
    if (name === 'src') this.#begin();
    else this.#name();
  }

  #name(): void {
    this.shadowRoot
      ?.querySelector('figure')
      ?.setAttribute('aria-label', this.getAttribute('label') ?? 'Latent map');
  }

  #begin(): void {
    this.#end();
    const showing = new AbortController();
    this.#showing = showing;
    const parts = createParts(this.shadowRoot ?? this.attachShadow({ mode: 'open' }));
    this.#name();
    parts.status.textContent = 'Loading the map';
    const watching = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        watching.disconnect();
        void this.#show(parts, showing.signal);
      },
      { rootMargin: NEAR },
    );
    showing.signal.addEventListener('abort', () => watching.disconnect());
    watching.observe(this);
  }

  #end(): void {
    this.#showing?.abort();
    this.#showing = undefined;
    this.shadowRoot?.replaceChildren();
  }

  async #show(parts: EmbedParts, signal: AbortSignal): Promise<void> {
    const fail = (error: unknown) => {
      if (signal.aborted) return;
      const { words, details } = sayError(error, { isMended: true });
      parts.status.classList.add('bad');
      parts.status.textContent = words;
      if (details) parts.status.title = details;
      this.dispatchEvent(new ErrorEvent('error', { error, message: details ?? words }));
    };
    try {
      const close = await open(this.src, parts, { signal, fail });
      if (signal.aborted) return close();
      signal.addEventListener('abort', close);
      parts.status.textContent = '';
      this.dispatchEvent(new Event('load'));
    } catch (error) {
      fail(error);
    }
  }
}

interface OpenOptions {
  readonly signal: AbortSignal;
  readonly fail: (error: unknown) => void;
}

/** From an address to a map in the parts. Gives what ends it, and frees what it took. */
async function open(
  src: string | null,
  parts: EmbedParts,
  { signal, fail }: OpenOptions,
): Promise<() => void> {
  const obstacle = whyNothingTrains();
  if (obstacle)
    throw new LatentkitError('E_BACKEND', 'this browser cannot run WebAssembly SIMD, which the map needs');
  if (!src)
    throw new LatentkitError('E_USAGE', '<latentkit-map> has no src, the address of the ZIP of a run');
  if (!URL.canParse(src, document.baseURI))
    throw new LatentkitError('E_USAGE', `'${src}' is no address of a ZIP`);
  const url = new URL(src, document.baseURI);
  const run = await readZippedRun(await fetchZip(url, signal), nameOf(url), signal);
  const model = await openEmbeddedModel(run);
  try {
    signal.throwIfAborted();
    const close = openEmbeddedMap(parts, {
      ...{ model, images: run.images, shape: run.spec.image, fail },
      toldClasses: run.spec.condition?.classes,
    });
    return () => {
      close();
      model.close().catch(fail);
    };
  } catch (error) {
    await model.close();
    throw error;
  }
}

// A page may have the module twice.
if (!customElements.get('latentkit-map')) customElements.define('latentkit-map', LatentkitMap);
