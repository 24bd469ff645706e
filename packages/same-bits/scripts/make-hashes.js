// Writes same-bits.json: the hashes that every run must give, of weights (by tfjs step by step, eagerly) and of maps, on the
// repository's Node.
// Run, after a build: node packages/same-bits/scripts/make-hashes.js
import { writeFileSync } from 'node:fs';
import { startWasmBackend } from '@latentkit/backend';
import { mapAndHash, RECIPES, trainAndHash } from '../src/index.ts';

await startWasmBackend();
const hashes = {};
for (const recipe of RECIPES) hashes[recipe] = (await trainAndHash(recipe)).hash;
const made = { ...hashes, ...(await mapAndHash()) };
writeFileSync(new URL('../same-bits.json', import.meta.url), `${JSON.stringify(made, null, 2)}\n`);
console.log(made);
