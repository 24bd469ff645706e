// The page's program in Node, not bundled: what it must come to in every bundle.
import { use } from './use.js';

console.log(JSON.stringify(await use()));
