// Builds the lab and uses it in Chromium as a person would, under its real content policy: on an isolated page and a plain one, with
// WebGL and without. Run: pnpm web [part of a check's name]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@latentkit/testing-browser/scripts/serve.js';
import { COMPARE_CHECKS } from './compare.js';
import { EMBED_CHECKS } from './embed.js';
import { EVALUATE_CHECKS } from './evaluate.js';
import { EVERYONE_CHECKS } from './everyone.js';
import { EXPORT_CHECKS } from './exports.js';
import { KEEP_CHECKS } from './keep.js';
import { buildEmbed, buildPage, buildScatterPage, ISOLATED, launch, openLab } from './lab-browser.js';
import { LEARN_CHECKS } from './learn.js';
import { MAP_CHECKS } from './map.js';
import { MAP_TOOL_CHECKS } from './map-tools.js';
import { NETWORK_CHECKS } from './network.js';
import { OBSTACLE_CHECKS } from './obstacles.js';
import { OPEN_CHECKS } from './open.js';
import { OWN_FILES_CHECKS } from './own-files.js';
import { PACE_CHECKS } from './pace.js';
import { REPORT_CHECKS } from './report.js';
import { RUNS_CHECKS } from './runs.js';
import { DRAWING_CHECKS } from './scatter/drawing.js';
import { FRAME_CHECKS } from './scatter/frames.js';
import { HAND_CHECKS } from './scatter/hands.js';
import { SIZE_CHECKS } from './size.js';
import { TABLE_CHECKS } from './table.js';
import { TOUCH_CHECKS } from './touch.js';
import { TRAIN_CHECKS } from './train.js';
import { OFFLINE_CHECKS } from './without-network.js';

const wanted = process.argv[2] ?? '';
const CHECKS = [
  ...SIZE_CHECKS,
  ...OBSTACLE_CHECKS,
  ...NETWORK_CHECKS,
  ...TRAIN_CHECKS,
  ...PACE_CHECKS,
  ...KEEP_CHECKS,
  ...MAP_CHECKS,
  ...LEARN_CHECKS,
  ...EVERYONE_CHECKS,
  ...TOUCH_CHECKS,
  ...MAP_TOOL_CHECKS,
  ...OWN_FILES_CHECKS,
  ...TABLE_CHECKS,
  ...OPEN_CHECKS,
  ...EVALUATE_CHECKS,
  ...COMPARE_CHECKS,
  ...OFFLINE_CHECKS,
  ...RUNS_CHECKS,
  ...EXPORT_CHECKS,
  ...REPORT_CHECKS,
  ...EMBED_CHECKS,
  ...FRAME_CHECKS,
  ...DRAWING_CHECKS,
  ...HAND_CHECKS,
  // Some are to be looked at, and asked for by name.
].filter(({ name, isExtra }) => (wanted === '' ? !isExtra : name.includes(wanted)));
/** Checks that take no times wait for the most part: as many go side by side. */
const LANES = 2;
let failures = 0;

/** Where the map itself is not looked at, a check says that there is no GPU: the processor, which plays one here, has other work. */
async function runCheck(
  { name, run, graphics = 'webgl', isolated = true, site = 'page' },
  { browsers, sites },
) {
  const start = performance.now();
  const folder = join(sites, site);
  const server = await serve(folder, isolated ? ISOLATED : {});
  const opened = [];
  try {
    const open = async (options) => {
      const lab = await openLab(browsers[graphics], server.origin, options);
      opened.push(lab);
      return lab;
    };
    const lent = { browser: browsers[graphics], isAlone: CHECKS.length === 1 };
    const found = await run({ open, origin: server.origin, folder, ...lent });
    const problems = opened.flatMap((lab) => lab.problems);
    if (problems.length > 0) throw new Error(problems.join('\n      '));
    console.log(`ok    ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
    for (const line of [found ?? []].flat()) console.log(`      ${line}`);
  } catch (error) {
    failures++;
    console.error(`FAIL  ${name}\n      ${error.message}`);
    for (const { problems } of opened) for (const problem of problems) console.error(`      ${problem}`);
  } finally {
    for (const { context } of opened) await context.close();
    await server.close();
  }
}

async function main() {
  const folder = await mkdtemp(join(tmpdir(), 'latentkit-web-'));
  const browsers = {};
  try {
    const isUsed = (name) => CHECKS.some(({ site }) => site === name);
    await Promise.all([
      buildPage(join(folder, 'page')),
      isUsed('scatter') && buildScatterPage(join(folder, 'scatter')),
      isUsed('embed') && buildEmbed(join(folder, 'embed')),
    ]);
    for (const { graphics = 'webgl' } of CHECKS) browsers[graphics] ??= await launch(graphics);
    const [browser] = Object.values(browsers);
    console.log(`Chromium ${browser?.version()}, Node ${process.version}`);
    const lent = { browsers, sites: folder };
    for (const check of CHECKS) if (check.isTimed) await runCheck(check, lent);
    const queue = CHECKS.filter(({ isTimed }) => !isTimed).values();
    const runLane = async () => {
      for (const check of queue) await runCheck(check, lent);
    };
    await Promise.all(Array.from({ length: LANES }, runLane));
  } finally {
    for (const browser of Object.values(browsers)) await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
  console.log(
    failures === 0 ? `web: all ${CHECKS.length} hold` : `web: ${failures} of ${CHECKS.length} failed`,
  );
  if (failures > 0) process.exitCode = 1;
}

await main().catch((error) => {
  console.error(`web: ${error.message}`);
  process.exitCode = 1;
});
// What a failed check has left open must not hold the run up.
process.exit();
