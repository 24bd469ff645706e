import { hold } from '../hands.js';
import { eventsOf, openMap, readPixels, SIZE, settle } from './tools.js';

/** The contrast between the ground and what differs most from it around a pixel: WCAG's, of relative luminances. */
function contrastAround(pixels, width, [px, py], reach) {
  const luminance = (at) => {
    const [r, g, b] = [0, 1, 2].map((channel) => {
      const share = pixels[at + channel] / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = luminance(0);
  let most = 1;
  for (let y = py - reach; y <= py + reach; y++) {
    for (let x = px - reach; x <= px + reach; x++) {
      const here = luminance(4 * (y * width + x));
      most = Math.max(most, (Math.max(ground, here) + 0.05) / (Math.min(ground, here) + 0.05));
    }
  }
  return most;
}

export const DRAWING_CHECKS = [
  {
    name: 'scatter: without WebGL the same dots are drawn',
    site: 'scatter',
    async run(context) {
      const drawings = [];
      for (const webgl of [true, false]) {
        const page = await openMap(context, { count: 3000, webgl });
        hold(
          (await page.evaluate(() => map.scatter.renderer)) === (webgl ? 'webgl' : 'canvas'),
          'another renderer',
        );
        for (const prepare of [
          () => {},
          () => map.scatter.isolate(3),
          () => map.scatter.select(Uint8Array.from({ length: 3000 }, (_, row) => Number(row % 7 === 0))),
        ]) {
          await page.evaluate(prepare);
          drawings.push(await readPixels(page));
        }
        await page.close();
      }
      return [0, 1, 2].map((i) => {
        const [a, b] = [drawings[i], drawings[i + 3]];
        hold(a.drawn > 20_000, `only ${a.drawn} pixels differ from the ground`);
        let sum = 0;
        let far = 0;
        for (let at = 0; at < a.pixels.length; at++) {
          const apart = Math.abs(a.pixels[at] - b.pixels[at]);
          sum += apart;
          if (apart > 64) far++;
        }
        const mean = sum / (4 * a.drawn);
        const farShare = far / a.pixels.length;
        const line = `${['all', 'a class alone', 'a selection'][i]}: drawn pixels differ by ${mean.toFixed(1)} of 255 in the mean, ${(100 * farShare).toFixed(3)}% by more than 64`;
        hold(mean < 8 && farShare < 0.002, line);
        return line;
      });
    },
  },
  {
    name: 'scatter: dots of each class are told from the ground, and names can be read on them, in both schemes',
    site: 'scatter',
    async run(context) {
      const lines = [];
      for (const dark of [false, true]) {
        const page = await openMap(context, { count: 10, dark });
        const places = await page.evaluate(() => {
          // A dot of each class in two rows, and its name on another of it.
          const x = Float32Array.from({ length: 20 }, (_, row) => row % 10);
          const y = Float32Array.from({ length: 20 }, (_, row) => (row < 10 ? 0 : 4));
          const category = Uint8Array.from({ length: 20 }, (_, row) => row % 10);
          map.scatter.setPrior(undefined);
          map.scatter.setPoints({ x, y, category, state: new Uint8Array(20) });
          return Array.from({ length: 10 }, (_, label) => ({
            dot: map.scatter.toPixel(label, 0),
            // The median of two is their middle.
            name: map.scatter.toPixel(label, 2),
          }));
        });
        await settle(page);
        const { pixels } = await readPixels(page);
        const least = (kind) =>
          Math.min(
            ...places.map((place) => contrastAround(pixels, SIZE.width, place[kind].map(Math.round), 8)),
          );
        const [dots, names] = [least('dot'), least('name')];
        lines.push(
          `${dark ? 'dark' : 'light'}: dots ${dots.toFixed(2)}:1 (3 at least), names ${names.toFixed(1)}:1 (4.5 at least)`,
        );
        hold(dots >= 3 && names >= 4.5, lines.at(-1));
      }
      return lines;
    },
  },
  {
    name: 'scatter: a lost context leaves no empty map, and comes back',
    site: 'scatter',
    async run(context) {
      const page = await openMap(context);
      const before = await readPixels(page);
      await page.evaluate(() => {
        const canvas = [...document.querySelectorAll('#map canvas')].find((one) => one.getContext('webgl2'));
        globalThis.lose = canvas.getContext('webgl2').getExtension('WEBGL_lose_context');
        lose.loseContext();
      });
      await page.waitForFunction(() => map.scatter.renderer === 'canvas');
      await settle(page);
      const meanwhile = await readPixels(page);
      hold(meanwhile.drawn > 0.9 * before.drawn, `${meanwhile.drawn} pixels after ${before.drawn}`);
      await page.evaluate(() => lose.restoreContext());
      await page.waitForFunction(() => map.scatter.renderer === 'webgl');
      await settle(page);
      const after = await readPixels(page);
      hold(after.pixels.equals(before.pixels), 'the map is another one afterwards');
      const kinds = (await eventsOf(page, 'renderer')).map(({ kind }) => kind);
      hold(kinds.join() === 'canvas,webgl', `told ${kinds}`);
    },
  },
  {
    name: 'scatter: near, tiles are decoded, those in the middle first, and another model decodes anew',
    site: 'scatter',
    async run(context) {
      const page = await openMap(context, { toy: true });
      hold((await page.evaluate(() => map.asked.length)) === 0, 'tiles were asked for from afar');
      const before = await readPixels(page);
      await page.evaluate(() => map.scatter.zoomAt(map.scatter.toPixel(0.5, 0.5), 6));
      await page.waitForFunction(() => map.asked.length > 0);
      await page.waitForTimeout(800);
      const [first, count] = await page.evaluate(() => {
        const [first] = map.asked;
        const { x, y } = map.scatter.camera;
        const isAround =
          x >= first.left && x <= first.left + first.width && y <= first.top && y >= first.top - first.width;
        return [isAround, map.asked.length];
      });
      hold(first, 'the first tile is not that in the middle');
      const after = await readPixels(page);
      hold(after.drawn > 2 * before.drawn, `${after.drawn} pixels drawn after ${before.drawn}`);
      await page.evaluate(() => map.scatter.zoomAt([450, 320], 1.02));
      await settle(page);
      hold((await page.evaluate(() => map.asked.length)) === count, 'tiles that are there are decoded again');
      await page.evaluate(() => map.scatter.setModel(() => Promise.reject(new Error('no decoder'))));
      await settle(page);
      const errors = await eventsOf(page, 'error');
      hold(errors.length > 0 && errors.length <= count, `${errors.length} failures told`);
      const without = await readPixels(page);
      hold(without.drawn < after.drawn / 2, 'tiles of the last model are still there');
      return `${count} tiles of 64 decodes`;
    },
  },
  {
    name: 'scatter: what a page draws over its map goes along with it, and is in its picture',
    site: 'scatter',
    async run(context) {
      const page = await openMap(context, { count: 5 });
      const isRed = async () => {
        const [px, py] = await page.evaluate(() => map.scatter.toPixel(0.5, -0.5).map(Math.round));
        const { pixels } = await readPixels(page);
        return pixels.readUIntBE(4 * (py * SIZE.width + px), 3) === 0xff0000;
      };
      await page.evaluate(() => {
        map.scatter.setOver(({ context, toPixel }) => {
          const [px, py] = toPixel(0.5, -0.5);
          context.fillStyle = '#ff0000';
          context.fillRect(px - 3, py - 3, 6, 6);
        });
      });
      hold(await isRed(), 'it is not there');
      await page.evaluate(() => map.scatter.zoomAt([300, 200], 1.7));
      hold(await isRed(), 'it stayed behind');
      await page.evaluate(() => map.scatter.setOver(undefined));
      hold(!(await isRed()), 'it cannot be taken away');
    },
  },
  {
    name: 'scatter: under reduced motion maps jump',
    site: 'scatter',
    async run(context) {
      const page = await openMap(context, { page: { reducedMotion: 'reduce' } });
      const cameras = (await eventsOf(page, 'camera')).length;
      const jumped = await page.evaluate(async () => {
        const { x, y } = makePoints(2000, 1);
        const far = x.map((value) => 3 * value);
        map.scatter.moveTo(far, y, { seconds: 5 });
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        map.scatter.zoomAt(map.scatter.toPixel(far[0], y[0]), 3);
        return map.scatter.toPixel(far[0], y[0]);
      });
      await page.mouse.move(...jumped);
      hold((await eventsOf(page, 'hover')).at(-1)?.row !== undefined, 'the point is not where it was sent');
      hold((await eventsOf(page, 'camera')).length - cameras <= 2, 'the camera glided');
    },
  },
  {
    name: 'scatter: points without a place are counted and not drawn, wrong arrays are refused with what to do',
    site: 'scatter',
    async run(context) {
      const page = await openMap(context, { count: 50 });
      const found = await page.evaluate(() => {
        const points = makePoints(50);
        points.x[3] = Number.NaN;
        points.y[4] = Number.POSITIVE_INFINITY;
        map.scatter.setPoints(points);
        const messages = [];
        for (const wrong of [
          () => map.scatter.moveTo(points.x, new Float32Array(3)),
          () => map.scatter.setPoints({ ...points, category: new Uint8Array(50).fill(10) }),
          () => map.scatter.select(new Uint8Array(49)),
        ]) {
          try {
            wrong();
          } catch (error) {
            messages.push(`${error.code} ${error.message}`);
          }
        }
        return { unplaced: map.scatter.unplaced, messages };
      });
      hold(found.unplaced === 2, `${found.unplaced} without a place`);
      hold(found.messages.length === 3, found.messages.join('\n'));
      await settle(page);
      hold((await readPixels(page)).drawn > 1000, 'the others are not drawn');
      return found.messages;
    },
  },
];
