/**
 * Runs exported models in the JavaScript programs that they are written for, from npm: onnxruntime-web in Node and in Chromium,
 * TensorFlow.js, and transformers.js from a folder for the Hub. Where npm gives none it says so, and is no failure.
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { parseNpy } from '../packages/formats/dist/index.js';
import { findChromium } from '../packages/testing-browser/scripts/find-chromium.js';
import { openPage } from '../packages/testing-browser/scripts/open-page.js';
import { serve } from '../packages/testing-browser/scripts/serve.js';
import { ROOT } from './lib/workspace.js';
import { notChecked, sameNumbers } from './readers/same-numbers.js';

const TFJS = '4.22.0';
const PACKAGES = {
  '@huggingface/transformers': '4.3.2',
  '@tensorflow/tfjs-backend-cpu': TFJS,
  '@tensorflow/tfjs-core': TFJS,
  '@tensorflow/tfjs-layers': TFJS,
  'onnxruntime-web': '1.30.0',
};
/** One onnxruntime-web for both; none of their installers, which fetch what is for graphics cards. */
const SETTINGS = `packages: []
allowBuilds:
  onnxruntime-node: false
  protobufjs: false
  sharp: false
overrides:
  onnxruntime-web: ${PACKAGES['onnxruntime-web']}
`;
/** Those of one channel or three, told nothing. */
const LEAST_PICTURES = 16;
/** Those without norms by groups. */
const LEAST_LAYERS = 17;
const CACHE = join(ROOT, 'node_modules', '.cache', 'javascript-readers');
const RUNTIME = `onnxruntime-web ${PACKAGES['onnxruntime-web']}`;

const work = mkdtempSync(join(tmpdir(), 'latentkit-readers-'));
try {
  if (install()) await checkModels();
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** A project that has the programs, kept from one time to the next; false, with the reason, where there can be none. */
function install() {
  const mark = join(CACHE, 'installed.txt');
  const wanted = JSON.stringify(PACKAGES);
  if (!existsSync(mark) || readFileSync(mark, 'utf8') !== wanted) {
    rmSync(CACHE, { recursive: true, force: true });
    mkdirSync(CACHE, { recursive: true });
    const manifest = { private: true, type: 'module', dependencies: PACKAGES };
    writeFileSync(join(CACHE, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(CACHE, 'pnpm-workspace.yaml'), SETTINGS);
    const { status, stdout, stderr } = spawnSync('pnpm', ['install', '--no-frozen-lockfile'], {
      ...{ cwd: CACHE, encoding: 'utf8', shell: process.platform === 'win32' },
    });
    if (status !== 0) return notChecked(`pnpm install: ${`${stdout}${stderr}`.trim().split('\n').at(-1)}`);
    writeFileSync(mark, wanted);
  }
  cpSync(join(import.meta.dirname, 'readers/javascript'), CACHE, { recursive: true });
  return true;
}

async function checkModels() {
  run(join(ROOT, 'packages/interop/scripts/write-cases.js'), [work]);
  const cases = readdirSync(join(work, 'onnx')).map((name) => ({ name, arrays: arraysOf('onnx', name) }));
  const pictures = readdirSync(join(work, 'hub')).map((name) => {
    const { pictures: images, picture_codes: codes } = arraysOf('hub', name);
    return { name, images, codes };
  });
  const input = {
    onnx: join(work, 'onnx'),
    tfjs: join(work, 'tfjs'),
    hub: join(work, 'hub'),
    cases,
    pictures,
  };
  const { node, layers, transformers } = JSON.parse(
    run(join(CACHE, 'in-node.js'), [], JSON.stringify(input)),
  );
  sameNumbers(`${RUNTIME} in Node`, node);
  sameNumbers(`tfjs-layers ${TFJS}`, layers, LEAST_LAYERS);
  sameNumbers(`transformers.js ${PACKAGES['@huggingface/transformers']}`, transformers, LEAST_PICTURES);
  await checkInChromium(cases);
}

async function checkInChromium(cases) {
  cpSync(join(work, 'onnx'), join(CACHE, 'onnx'), { recursive: true });
  writeFileSync(join(CACHE, 'cases.json'), JSON.stringify(cases));
  const server = await serve(CACHE);
  const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
  try {
    sameNumbers(`${RUNTIME} in Chromium ${browser.version()}`, await openPage(browser, server.origin));
  } finally {
    await browser.close();
    await server.close();
  }
}

/** Arrays of a case by name, as JSON has them. */
function arraysOf(kind, name) {
  const folder = join(work, kind, name);
  const files = readdirSync(folder).filter((file) => file.endsWith('.npy'));
  const read = (file) => {
    const { shape, data } = parseNpy(readFileSync(join(folder, file)));
    return { shape, data: [...data] };
  };
  return Object.fromEntries(files.map((file) => [file.slice(0, -'.npy'.length), read(file)]));
}

function run(script, args, input) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    ...{ encoding: 'utf8', input, maxBuffer: 2 ** 28 },
  });
  if (status !== 0) throw new Error(`${script} ended with ${status}: ${stderr}`);
  return stdout;
}
