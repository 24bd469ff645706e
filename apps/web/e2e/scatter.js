import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** 60,000 points, ten new maps a second: milliseconds a frame may take, by what draws. Held to loosely: other work is on this machine. */
const MOST_FRAME_MS = { webgl: 33, canvas: 66 };
const MOST_TASK_MS = 50;
const LOOSELY = 4;
const COUNT = 60_000;
const SIZE = { width: 900, height: 640 };

function hold(isTrue, what) {
  if (!isTrue) throw new Error(what);
}

const median = (values) => quantile(values, 0.5);
const quantile = (values, share) =>
  [...values].sort((a, b) => a - b)[Math.min(Math.floor(share * values.length), values.length - 1)];

/** The map alone on a page, with some points, once it has been drawn. */
async function openMap({ open }, { count = 2000, viewport = SIZE, page: more = {}, ...options } = {}) {
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
const settle = (page) =>
  page.evaluate(
    () =>
      new Promise((done) => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 200)),
  );

/** The map's pixels, and how many of them differ from the ground. */
async function readPixels(page) {
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

const eventsOf = (page, type) =>
  page.evaluate((type) => map.log.filter((one) => one.type === type).map(({ event }) => event), type);

/** Frames while 60,000 points move to ten maps a second, and the long tasks meanwhile. */
async function measureFrames(page) {
  const found = await page.evaluate(async () => {
    const maps = Array.from({ length: 12 }, (_, k) => makePoints(60_000, 0.05 * k));
    const tasks = [];
    const observer = new PerformanceObserver((list) =>
      tasks.push(...list.getEntries().map((one) => one.duration)),
    );
    await new Promise((done) => setTimeout(done, 500));
    observer.observe({ type: 'longtask' });
    const frames = [];
    const calls = [];
    const shares = [];
    await new Promise((done) => {
      let before = performance.now();
      const end = before + 2500;
      let k = 0;
      const timer = setInterval(() => {
        const start = performance.now();
        map.scatter.moveTo(maps[k % 12].x, maps[k++ % 12].y, { seconds: 0.1 });
        calls.push(performance.now() - start);
      }, 100);
      const frame = () => {
        const now = performance.now();
        frames.push(now - before);
        before = now;
        shares.push(map.scatter.share);
        if (now < end) requestAnimationFrame(frame);
        else {
          clearInterval(timer);
          done();
        }
      };
      requestAnimationFrame(frame);
    });
    observer.disconnect();
    return {
      frames: frames.slice(10),
      tasks,
      calls,
      shares,
      kind: map.scatter.renderer,
      stage: map.scatter.look.stage,
    };
  });
  return found;
}

const frameCheck = (graphics, kind) => ({
  name: `scatter: ${COUNT} points move at ten maps a second by ${kind}`,
  site: 'scatter',
  graphics,
  async run(context) {
    const lines = [];
    for (const [width, zoom] of [
      [900, 1],
      [900, 2],
      [380, 1],
    ]) {
      const page = await openMap(context, {
        count: COUNT,
        viewport: { width, height: width === 900 ? 640 : 380 },
      });
      hold((await page.evaluate(() => map.scatter.renderer)) === kind, `not drawn by ${kind}`);
      if (zoom > 1)
        await page.evaluate((zoom) => map.scatter.zoomAt(map.scatter.toPixel(1, 0.8), zoom), zoom);
      const { frames, tasks, calls, shares, stage } = await measureFrames(page);
      const [middle, late] = [median(frames), quantile(frames, 0.95)];
      const longest = Math.max(0, ...tasks);
      lines.push(
        `${width} px ${stage}, ${Math.round(100 * median(shares))}% of the dots: frame median ${middle.toFixed(1)} ms, p95 ${late.toFixed(1)} (${MOST_FRAME_MS[kind]} at most); moveTo ${median(calls).toFixed(1)} ms; ${tasks.length} tasks over 50 ms, longest ${longest.toFixed(0)} (${MOST_TASK_MS})`,
      );
      hold(middle < LOOSELY * MOST_FRAME_MS[kind], `${lines.at(-1)}: far too slow`);
      await page.close();
    }
    return lines;
  },
});

export const SCATTER_CHECKS = [
  frameCheck('webgl', 'webgl'),
  frameCheck('none', 'canvas'),
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
    name: 'scatter: pointing and lassoing take no time, and a lasso holds what lies within its path',
    site: 'scatter',
    async run(context) {
      const page = await openMap(context);
      const found = await page.evaluate(() => {
        const { x, y, category, state } = makePoints(60_000);
        const places = Float32Array.from({ length: 120_000 }, (_, i) => (i % 2 ? y : x)[i >> 1]);
        const points = { places, category, state, isolated: undefined };
        const path = Array.from({ length: 600 }, (_, i) => {
          const angle = (2 * Math.PI * (i >> 1)) / 300;
          const radius = 1.2 + 0.5 * Math.sin(5 * angle) + 0.1 * Math.sin(31 * angle);
          return radius * (i % 2 ? Math.sin(angle) : Math.cos(angle));
        });
        const time = (run) => {
          const times = Array.from({ length: 15 }, () => {
            const start = performance.now();
            run();
            return performance.now() - start;
          });
          return times.sort((a, b) => a - b)[7];
        };
        const fill = () => fillPath(path, (width, height) => new OffscreenCanvas(width, height));
        const mask = selectWithin(points, fill());
        const wrong = mask.reduce(
          (sum, one, row) => sum + Number(one !== Number(isInside(path, x[row], y[row]))),
          0,
        );
        return {
          wrong,
          count: mask.reduce((sum, one) => sum + one, 0),
          pick: time(() => pickNearest(points, 0.3, 0.2, 0.05)),
          nearest: time(() => nearestRows(points, 0.3, 0.2, 256)),
          lasso: time(() => selectWithin(points, fill())),
          polygon: time(() => selectWithin(points, { has: (px, py) => isInside(path, px, py) })),
        };
      });
      hold(found.wrong === 0, `${found.wrong} of 60,000 points are on the wrong side`);
      hold(found.count > 1000 && found.count < 59_000, `${found.count} selected`);
      hold(found.pick < 20 && found.lasso < 100, JSON.stringify(found));
      return `60,000 points: nearest ${found.pick.toFixed(2)} ms, 256 nearest ${found.nearest.toFixed(2)}, lasso of 300 corners ${found.lasso.toFixed(1)} (by its polygon alone ${found.polygon.toFixed(1)})`;
    },
  },
  {
    name: 'scatter: a mouse points, presses, drags, zooms and lassos',
    site: 'scatter',
    async run(context) {
      const page = await openMap(context);
      const [px, py] = await page.evaluate(() => {
        const { x, y } = makePoints(2000);
        return map.scatter.toPixel(x[5], y[5]);
      });
      await page.mouse.move(px, py);
      const { row } = (await eventsOf(page, 'hover')).at(-1);
      const isNear = await page.evaluate(
        ([row, px, py]) => {
          const { x, y } = makePoints(2000);
          const [qx, qy] = map.scatter.toPixel(x[row], y[row]);
          return Math.hypot(px - qx, py - qy) < 2;
        },
        [row, px, py],
      );
      hold(isNear, `row ${row} lies elsewhere`);
      await page.mouse.down();
      await page.mouse.up();
      hold((await eventsOf(page, 'press')).at(-1)?.row === row, 'not pressed');
      await page.mouse.down();
      await page.mouse.move(px + 40, py, { steps: 4 });
      await page.mouse.up();
      hold((await eventsOf(page, 'move')).at(-1).isPressed, 'a drag decodes');
      hold((await eventsOf(page, 'press')).length === 1, 'a drag is no press');
      const before = await page.evaluate(() => map.scatter.toData([200, 150]));
      await page.mouse.move(200, 150);
      await page.mouse.wheel(0, -300);
      await settle(page);
      const after = await page.evaluate(() => [...map.scatter.toData([200, 150]), map.scatter.camera.scale]);
      hold(Math.hypot(after[0] - before[0], after[1] - before[1]) < 1e-9, 'the data under the pointer moved');
      hold((await eventsOf(page, 'camera')).at(-1).isFollowing === false, 'still follows');
      await page.evaluate(() => map.scatter.setTool('pan'));
      await page.mouse.down();
      await page.mouse.move(260, 150, { steps: 3 });
      await page.mouse.up();
      const dragged = await page.evaluate(() => map.scatter.toData([260, 150]));
      hold(Math.hypot(dragged[0] - before[0], dragged[1] - before[1]) < 1e-9, 'the map did not come along');
      await page.evaluate(() => {
        map.scatter.fit();
        map.scatter.setTool('lasso');
      });
      await page.waitForTimeout(500);
      const corners = await page.evaluate(() =>
        [
          [-0.7, -0.7],
          [0.9, -0.7],
          [0.9, 0.7],
          [-0.7, 0.7],
        ].map(([x, y]) => map.scatter.toPixel(x, y)),
      );
      await page.mouse.move(...corners[0]);
      await page.mouse.down();
      for (const corner of corners.slice(1)) await page.mouse.move(...corner, { steps: 5 });
      await page.mouse.up();
      const share = await page.evaluate(() => {
        const { mask, count, isDone } = map.log.findLast(({ type }) => type === 'lasso').event;
        const nines = mask.reduce((sum, one, row) => sum + Number(one && row % 10 === 9), 0);
        return isDone ? nines / count : 0;
      });
      hold(share > 0.4, `${share} of the selected are of the class in the middle`);
    },
  },
  {
    name: 'scatter: two fingers pinch and move the map',
    site: 'scatter',
    async run(context) {
      const page = await openMap(context, { page: { hasTouch: true } });
      const session = await page.context().newCDPSession(page);
      const touch = (type, ...points) =>
        session.send('Input.dispatchTouchEvent', {
          type,
          touchPoints: points.map(([x, y], id) => ({ x, y, id })),
        });
      const before = await page.evaluate(() => ({
        at: map.scatter.toData([400, 300]),
        ...map.scatter.camera,
      }));
      await touch('touchStart', [350, 300], [450, 300]);
      for (let i = 1; i <= 10; i++)
        await touch('touchMove', [350 - 5 * i, 300 + 2 * i], [450 + 5 * i, 300 + 2 * i]);
      await touch('touchEnd');
      const after = await page.evaluate(() => ({
        at: map.scatter.toData([400, 320]),
        ...map.scatter.camera,
      }));
      hold(Math.abs(after.scale / before.scale - 2) < 0.05, `zoomed ${after.scale / before.scale} times`);
      hold(
        Math.hypot(after.at[0] - before.at[0], after.at[1] - before.at[1]) < 0.02,
        'what lay between did not stay',
      );
      hold((await eventsOf(page, 'press')).length === 0, 'a pinch is no press');
    },
  },
  {
    name: 'scatter: all that a pointer does is done by keys, and told',
    site: 'scatter',
    async run(context) {
      const page = await openMap(context);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      hold(await page.evaluate(() => document.activeElement.id === 'map'), 'the map is no tab stop');
      for (const key of [
        'ArrowRight',
        'ArrowRight',
        'Shift+ArrowUp',
        'n',
        'n',
        'p',
        'Enter',
        '+',
        '+',
        '-',
        'c',
        'l',
        ']',
        ']',
        'ArrowLeft',
        'Enter',
        '0',
      ]) {
        await page.keyboard.press(key);
      }
      const said = (await eventsOf(page, 'say')).map(({ about }) => about);
      const expected = [
        ...Array(6).fill('place'),
        'zoom',
        'zoom',
        'zoom',
        'class',
        ...Array(5).fill('round'),
        'zoom',
      ];
      hold(said.join() === expected.join(), `said ${said}`);
      hold((await eventsOf(page, 'press')).length === 1, 'Enter did not press');
      hold((await eventsOf(page, 'press'))[0].row !== undefined, 'N did not end at a point');
      hold((await eventsOf(page, 'isolate'))[0].category === 0, 'C did not ask for a class');
      const counts = (await eventsOf(page, 'lasso')).map(({ count }) => count);
      hold(counts[2] > counts[0], `the selection did not grow: ${counts}`);
      await page.evaluate(() => map.scatter.setLetters(false));
      await page.keyboard.press('c');
      hold((await eventsOf(page, 'isolate')).length === 1, 'letters are not off');
      const before = await readPixels(page);
      await page.keyboard.press('Tab');
      await settle(page);
      const after = await readPixels(page);
      hold(!before.pixels.equals(after.pixels), 'the crosshair is not to be seen');
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
