import { type ReadonlySignal, signal } from '@preact/signals';

/** The page without a network, and its newer versions. */
export interface Offline {
  /** Whether what sends this page from now on can give it several threads: a reload does. */
  readonly canIsolate: ReadonlySignal<boolean>;
  /** Whether a newer page is there, to be used when a person says so. */
  readonly isNewer: ReadonlySignal<boolean>;
  /** Loads the page anew, as the newer one if there is one. */
  reload(): void;
}

/** Keeps the page's files for the next time, once it has nothing better to do. */
export function createOffline(isKept: boolean): Offline {
  const canIsolate = signal(false);
  const isNewer = signal(false);
  let registered: ServiceWorkerRegistration | undefined;

  async function register(): Promise<void> {
    const { serviceWorker } = navigator;
    registered = await serviceWorker.register('./service-worker.js');
    const look = () => {
      isNewer.value = registered?.waiting != null && serviceWorker.controller !== null;
    };
    const tellIsolation = () => {
      canIsolate.value = serviceWorker.controller !== null && !crossOriginIsolated;
    };
    look();
    tellIsolation();
    serviceWorker.addEventListener('controllerchange', tellIsolation);
    registered.addEventListener('updatefound', () => {
      registered?.installing?.addEventListener('statechange', look);
    });
  }

  // On plain http, in some private windows, and while it is developed there is none.
  if (isKept && import.meta.env.PROD && navigator.serviceWorker) {
    const begin = () => setTimeout(() => register().catch(() => {}), 2000); // the first screen comes first
    if (document.readyState === 'complete') begin();
    else addEventListener('load', begin);
  }

  return {
    canIsolate,
    isNewer,
    reload() {
      const waiting = registered?.waiting;
      if (!waiting) {
        location.reload();
        return;
      }
      navigator.serviceWorker.addEventListener('controllerchange', () => location.reload());
      waiting.postMessage('use');
    },
  };
}
