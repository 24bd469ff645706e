// What a hand does on the map, and what an eye sees of it.

/** Fails a check, with what was found, unless something is so. */
export function hold(isTrue, what) {
  if (!isTrue) throw new Error(what);
}

/** Holds once it is so, within a minute: a page that is told something shows it after some work. */
export async function eventually(isTrue, what) {
  const end = Date.now() + 60_000;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error(what);
    await new Promise((done) => setTimeout(done, 50));
  }
}

export const map = (page) => page.locator('.map').first();

/** Moves the pointer to a place of the map; shares of its width and height. */
export async function moveOver(page, x, y) {
  const box = await map(page).boundingBox();
  await page.mouse.move(box.x + x * box.width, box.y + y * box.height);
}

const decoded = (page) => page.getByRole('img', { name: 'Decoded', exact: true });

/** The pixels of the picture under the hand, as soon as they are others than before. */
export async function decodedAfter(page, before) {
  await decoded(page).waitFor();
  await page.waitForFunction(
    (old) => document.querySelector('canvas[aria-label="Decoded"]').toDataURL() !== old,
    before ?? null,
  );
  return decoded(page).evaluate((canvas) => canvas.toDataURL());
}

/** Begins to note the page's long tasks; what it gives stops, and tells their milliseconds. */
export async function watchLongTasks(page) {
  await page.evaluate(() => {
    const tasks = [];
    const note = (list) => tasks.push(...list.getEntries().map((one) => Math.round(one.duration)));
    const observer = new PerformanceObserver(note);
    observer.observe({ type: 'longtask' });
    globalThis.endLongTasks = () => {
      note({ getEntries: () => observer.takeRecords() });
      observer.disconnect();
      return tasks;
    };
  });
  return () => page.evaluate(() => globalThis.endLongTasks());
}

/** Presses a key, as often as asked, no faster than a person. */
export async function press(page, key, times = 1) {
  for (let i = 0; i < times; i++) {
    await page.keyboard.press(key);
    await page.waitForTimeout(60);
  }
}
