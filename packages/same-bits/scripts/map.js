// Makes maps in a process of its own, as V8's flag is the process's, and prints their hashes as JSON.
// Run: node map.js
import { mapAndHash } from '../src/index.ts';

console.log(JSON.stringify(await mapAndHash()));
