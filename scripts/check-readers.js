/**
 * Opens what Latentkit writes with the programs it is written for, from PyPI: a run's event files with TensorBoard's own reader, exported
 * models with ONNX's checker and onnxruntime, with Keras, with NumPy, and with Debian's PyTorch where it is there; and imports the
 * models of Keras's and PyTorch's examples, which these write.
 * Where there is no Python or no PyPI it says so, and is no failure.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './lib/workspace.js';
import { notChecked, sameNumbers } from './readers/same-numbers.js';

const PACKAGES = [
  'tensorboard==2.21.0',
  'onnx==1.23.2',
  'onnxruntime==1.32.0',
  'numpy==2.4.6',
  'keras==3.15.1',
  'jax==0.10.2',
];
/** The one that Debian's python3-torch belongs to: PyPI's wheels are too large to fetch for a check. */
const DEBIAN_PYTHON = '/usr/bin/python3';
const CACHE = join(ROOT, 'node_modules', '.cache', 'readers');
const CLI = join(ROOT, 'apps/cli/dist/main.js');

const work = mkdtempSync(join(tmpdir(), 'latentkit-readers-'));
try {
  const python = findPython();
  if (python) {
    checkTensorboard(python);
    checkModels(python);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** A Python that has the readers, kept from one time to the next; undefined, with the reason, where there can be none. */
function findPython() {
  const python = join(CACHE, 'bin', 'python');
  const mark = join(CACHE, 'installed.txt');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === PACKAGES.join('\n')) return python;
  if (spawnSync('python3', ['--version']).status !== 0) return notChecked('there is no python3 here');
  rmSync(CACHE, { recursive: true, force: true });
  const made = spawnSync('python3', ['-m', 'venv', CACHE], { encoding: 'utf8' });
  if (made.status !== 0) return notChecked(`python3 -m venv: ${lastLine(made)}`);
  // Not compiled at once: most of their modules are never imported here, and Python compiles those that are.
  const install = ['-m', 'pip', 'install', '--quiet', '--no-compile', '--retries', '1'];
  const installed = spawnSync(python, [...install, ...PACKAGES], { encoding: 'utf8' });
  if (installed.status !== 0) return notChecked(`pip install ${PACKAGES.join(' ')}: ${lastLine(installed)}`);
  writeFileSync(mark, PACKAGES.join('\n'));
  return python;
}

function lastLine({ stdout, stderr }) {
  return `${stdout}${stderr}`.trim().split('\n').at(-1);
}

/** Two runs into one folder, the second the shorter one: its curves stand in the place of the first's. */
function checkTensorboard(python) {
  const logs = join(work, 'logs');
  const epochs = [4, 3];
  for (const [i, count] of epochs.entries()) {
    const run = ['--limit', '200', '--epochs', String(count), '--seed', String(i), '--beta', '2'];
    const out = ['--out', `run-${i}`, '--set', 'figures=[]', '--tensorboard', logs]; // it has pictures of its own
    spawn(process.execPath, [CLI, 'train', ...run, ...out]);
  }
  const rows = readFileSync(join(work, 'run-1', 'metrics.jsonl'), 'utf8')
    .trimEnd()
    .split('\n');
  const history = rows.map((row) => JSON.parse(row));
  const read = (part) =>
    JSON.parse(spawn(python, [join(import.meta.dirname, 'readers/read-tensorboard.py'), join(logs, part)]));
  const [train, validation] = ['train', 'validation'].map(read);
  const expected = (columns) =>
    Object.fromEntries(
      Object.entries(columns).map(([tag, column]) => [
        tag,
        history.map((row) => [row.epoch, Math.fround(row[column])]),
      ]),
    );
  const own = { loss: 'loss', reconstruction: 'reconstruction', kl: 'kl', seconds: 'seconds' };
  same('train', train.scalars, expected({ ...own, learning_rate: 'learningRate', beta: 'beta' }));
  const twins = { loss: 'valLoss', reconstruction: 'valReconstruction', kl: 'valKl' };
  same('validation', validation.scalars, expected(twins));
  same('version', [train.version, validation.version], [2, 2]);
  same('names of pictures', Object.keys(validation.images).sort(), ['reconstructions', 'samples']);
  const [width, height] = [10 * 56 + 9 * 2, 2 * 56 + 2];
  for (const [tag, pictures] of Object.entries(validation.images)) {
    same(
      `sizes of ${tag}`,
      pictures.map((row) => row.slice(0, 3)),
      history.map(({ epoch }) => [epoch, width, height]),
    );
    if (pictures.some(([, , , bytes]) => bytes < 1000)) throw new Error(`${tag}: pictures of no size`);
  }
  const numbers = Object.values({ ...train.scalars, ...validation.scalars }).flat().length;
  console.log(
    `readers: ${PACKAGES[0].replace('==', ' ')} reads ${numbers} numbers and ${2 * history.length} pictures of a run as they were`,
  );
}

/** Networks of every kind, computed by other programs as by Latentkit. */
function checkModels(python) {
  const cases = join(work, 'models');
  spawn(process.execPath, [join(ROOT, 'packages/interop/scripts/write-cases.js'), cases]);
  const script = (name) => join(import.meta.dirname, 'readers', name);
  const [onnx, runtime, numpy, keras, jax] = PACKAGES.slice(1).map((name) => name.replace('==', ' '));
  for (const kind of ['onnx', 'symmetric']) {
    sameNumbers(
      `${onnx} and ${runtime}, ${kind}`,
      rowsOf(spawn(python, [script('run-onnx.py'), join(cases, kind)])),
    );
  }
  const run = (program, kind) =>
    rowsOf(spawn(program, [script('run-python.py'), kind, join(cases, 'torch')]));
  sameNumbers(numpy, run(python, 'numpy'));
  for (const [backend, named] of [
    ['jax', jax],
    ['numpy', numpy],
  ]) {
    const output = spawn(python, [script('run-keras.py'), join(cases, 'keras')], { KERAS_BACKEND: backend });
    sameNumbers(`${keras} on ${named}`, rowsOf(output));
  }
  const found = spawnSync(DEBIAN_PYTHON, ['-c', 'import torch; print(torch.__version__)'], {
    encoding: 'utf8',
  });
  const torch = `torch ${found.stdout.trim()}`;
  if (found.status === 0) sameNumbers(torch, run(DEBIAN_PYTHON, 'torch'));
  else notChecked(`${DEBIAN_PYTHON} has no torch (apt-get install python3-torch)`);
  checkImports(keras, {
    program: python,
    script: script('write-keras.py'),
    environment: { KERAS_BACKEND: 'jax' },
  });
  if (found.status === 0) checkImports(torch, { program: DEBIAN_PYTHON, script: script('write-torch.py') });
}

/** The models of their own examples, imported, compute what they computed. */
function checkImports(reader, { program, script, environment }) {
  const folder = mkdtempSync(join(work, 'imports-'));
  spawn(program, [script, folder], environment);
  const read = spawn(process.execPath, [join(ROOT, 'packages/interop/scripts/read-models.js'), folder]);
  sameNumbers(reader, rowsOf(read), 1, 'imported');
}

/** The rows of JSON that a script prints. */
function rowsOf(output) {
  const lines = output.trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line));
}

function same(what, got, expected) {
  const order = (value) => JSON.stringify(Array.isArray(value) ? value : Object.entries(value).sort());
  if (order(got) === order(expected)) return;
  throw new Error(`${what}: expected ${order(expected)}, got ${order(got)}`);
}

function spawn(program, args, environment = {}) {
  const { status, stdout, stderr } = spawnSync(program, args, {
    ...{ cwd: work, encoding: 'utf8', env: { ...process.env, ...environment } },
  });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  return stdout;
}
