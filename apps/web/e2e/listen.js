import { hold } from './hands.js';

/** Notes all that live regions say from now on. */
export async function listen(page) {
  await page.evaluate(() => {
    globalThis.heard = [];
    const note = () => {
      for (const region of document.querySelectorAll('[aria-live], [role=status], [role=alert]')) {
        const words = region.textContent.trim();
        if (words && globalThis.heard.at(-1) !== words && region.said !== words) {
          region.said = words;
          globalThis.heard.push(words);
        }
      }
    };
    new MutationObserver(note).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  });
  return () => page.evaluate(() => globalThis.heard);
}

/** What is said of a training between its beginning and its end: at most a sentence in 5 s, so of a short one nothing. */
export const ofEpochs = (seconds) => (seconds > 8 ? ['Epoch'] : []);

/** Expects these to be said, in this order; other things may be said between. */
export function inOrder(heard, wanted) {
  let at = 0;
  for (const words of wanted) {
    const found = heard.findIndex((said, i) => i >= at && said.includes(words));
    hold(
      found >= 0,
      `'${words}' is not said after '${heard[at - 1] ?? 'the beginning'}': ${JSON.stringify(heard)}`,
    );
    at = found + 1;
  }
}
