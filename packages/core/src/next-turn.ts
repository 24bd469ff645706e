/**
 * A turn of the event loop: signals, key presses, messages and painting come to pass.
 *
 * By a `MessageChannel` in pages, whose timers are held back to 4 ms once they are nested, and to a second in hidden tabs.
 *
 * @example
 * for (const piece of pieces) {
 *   work(piece);
 *   await nextTurn();
 * }
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') {
      setImmediate(resolve);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
