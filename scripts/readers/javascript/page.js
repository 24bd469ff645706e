import * as ort from '/node_modules/onnxruntime-web/dist/ort.wasm.bundle.min.mjs';
import { runOrt } from '/run-ort.js';

ort.env.wasm.wasmPaths = '/node_modules/onnxruntime-web/dist/';
ort.env.wasm.numThreads = 1;
const get = async (path) => new Uint8Array(await (await fetch(path)).arrayBuffer());
globalThis.outcome = fetch('/cases.json')
  .then((response) => response.json())
  .then((cases) => runOrt(ort, cases, (path) => get(`/onnx/${path}`)));
