// Writes same-bits.json: the hashes that every run must give, by tfjs step by step (eagerly) on the repository's Node.
// Run, after a build: node packages/same-bits/scripts/make-hashes.js
import { writeFileSync } from 'node:fs';
import { startWasmBackend } from '@latentkit/backend';
import { RECIPES, trainAndHash } from '../src/index.ts';

await startWasmBackend();
const hashes = {};
for (const recipe of RECIPES) hashes[recipe] = (await trainAndHash(recipe)).hash;
writeFileSync(new URL('../same-bits.json', import.meta.url), `${JSON.stringify(hashes, null, 2)}\n`);
console.log(hashes);
