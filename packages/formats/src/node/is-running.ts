import { readFileSync } from 'node:fs';

/** Whether this machine has a process of that number that may still do something. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'; // another user's may not be asked
  }
}

/** Killed, and not yet asked after by its parent: in a container without an init, for ever. Only Linux tells. */
function isZombie(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1'); // 17 (a name, any) Z 1 ...
    return stat[stat.lastIndexOf(')') + 2] === 'Z';
  } catch {
    return false;
  }
}
