import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes of this process: all that it has, and those in use once what nobody holds is collected. */
export function memoryInUse(): { resident: number; used: number } {
  const resident = process.memoryUsage.rss();
  collect();
  collect(); // what the first one freed held others
  return { resident, used: process.memoryUsage().heapUsed };
}
