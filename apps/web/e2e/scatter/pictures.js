import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { COUNT, openMap, settle } from './tools.js';

/** Pictures of the map in both schemes and at both widths, at the three levels of zoom. */
export async function takeScatterPictures(open, out) {
  await mkdir(resolve(out), { recursive: true });
  for (const width of [1200, 380]) {
    for (const dark of [false, true]) {
      const viewport = { width, height: width === 1200 ? 800 : 380 };
      const page = await openMap({ open }, { count: COUNT, viewport, dark, toy: true });
      for (const [stage, zoom] of [
        ['far', 1],
        ['middle', 2.1],
        ['near', 3],
      ]) {
        await page.evaluate((zoom) => map.scatter.zoomAt(map.scatter.toPixel(1.1, 0.8), zoom), zoom);
        await page.waitForTimeout(1200);
        if (stage === 'near') await page.mouse.move(width / 2, viewport.height / 2);
        await settle(page);
        const name = `scatter-${stage}-${width}-${dark ? 'dark' : 'light'}.png`;
        await page.screenshot({ path: join(resolve(out), name) });
        console.log(name);
      }
      await page.close();
    }
  }
}
