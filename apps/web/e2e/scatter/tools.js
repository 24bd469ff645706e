// The map of points alone on a page, and what is read of it.

export const SIZE = { width: 900, height: 640 };
/** Points of a full test set, six times over. */
export const COUNT = 60_000;

/** The map alone on a page, with some points, once it has been drawn. */
export async function openMap({ open }, { count = 2000, viewport = SIZE, page: more = {}, ...options } = {}) {
  const lab = await open({ hash: 'index.html', viewport, ...more });
  await lab.page.evaluate(
    ([count, options]) => {
      globalThis.map = openMap(options);
      map.scatter.setPoints(makePoints(count));
    },
    [count, options],
  );
  await settle(lab.page);
  return lab.page;
}

/** Waits until all that was asked for is drawn, a still map's last points too. */
export const settle = (page) =>
  page.evaluate(
    () =>
      new Promise((done) => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 200)),
  );

/** The map's pixels, and how many of them differ from the ground. */
export async function readPixels(page) {
  const { drawn, text } = await page.evaluate(async () => {
    const bitmap = await createImageBitmap(await map.scatter.toPng());
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    let drawn = 0;
    for (let i = 0; i < data.length; i += 4) {
      if (data[i] !== data[0] || data[i + 1] !== data[1] || data[i + 2] !== data[2]) drawn++;
    }
    return { drawn, text: new Uint8Array(data.buffer).toBase64() };
  });
  return { drawn, pixels: Buffer.from(text, 'base64') };
}

export const eventsOf = (page, type) =>
  page.evaluate((type) => map.log.filter((one) => one.type === type).map(({ event }) => event), type);
