import { spawnSync } from 'node:child_process';
import { isRunning } from '@latentkit/formats/node';

/** Hosts of a network that exists for a test alone: network namespaces on one switch, which know no other network. */
export interface Hosts {
  addressOf(host: string): string;
  /** The words that run a program on a host: those that are put before it. */
  on(host: string): readonly string[];
  /** Pulls its cable out of the switch: both sides go on, and nobody is told. */
  unplug(host: string): void;
  plug(host: string): void;
  end(): void;
}

/** The addresses of hosts, of documentation (RFC 5737): none of them is anybody's. */
export const HOSTS_NETWORK = '192.0.2.0/24';

/** Why hosts cannot be had here. */
export function whyNoHosts(): string | undefined {
  if (process.getuid?.() !== 0) return 'network namespaces are made by root alone';
  try {
    openHosts(['probe']).end();
    return undefined;
  } catch (error) {
    return `network namespaces cannot be made: ${(error as Error).message}`;
  }
}

/** @param names words of small letters. */
export function openHosts(names: readonly string[]): Hosts {
  removeAbandoned();
  const prefix = `latentkit-${process.pid}-`;
  const center = `${prefix}switch`;
  const made: string[] = [];
  const add = (namespace: string) => {
    ip('netns', 'add', namespace);
    made.push(namespace);
  };
  const end = () => {
    for (const namespace of made.splice(0)) ip('netns', 'delete', namespace);
  };
  const placeOf = (host: string) => {
    const place = names.indexOf(host);
    if (place < 0) throw new Error(`there is no host ${host}`);
    return place;
  };
  const addressOf = (host: string) => `192.0.2.${placeOf(host) + 1}`;
  const portOf = (host: string) => `port${placeOf(host)}`;
  try {
    add(center);
    ip('-n', center, 'link', 'add', 'bridge', 'type', 'bridge');
    ip('-n', center, 'link', 'set', 'bridge', 'up');
    for (const host of names) {
      const home = prefix + host;
      add(home);
      ip('-n', home, 'link', 'set', 'lo', 'up');
      ip('-n', center, 'link', 'add', portOf(host), 'type', 'veth', 'peer', 'name', 'eth0', 'netns', home);
      ip('-n', home, 'address', 'add', `${addressOf(host)}/24`, 'dev', 'eth0');
      ip('-n', home, 'link', 'set', 'eth0', 'up');
      ip('-n', center, 'link', 'set', portOf(host), 'master', 'bridge', 'up');
    }
  } catch (error) {
    end();
    throw error;
  }
  return {
    addressOf,
    on: (host) => ['ip', 'netns', 'exec', prefix + host],
    unplug: (host) => ip('-n', center, 'link', 'set', portOf(host), 'down'),
    plug: (host) => ip('-n', center, 'link', 'set', portOf(host), 'up'),
    end,
  };
}

/** What tests left that were killed. */
function removeAbandoned(): void {
  const { stdout } = spawnSync('ip', ['netns', 'list'], { encoding: 'utf8' });
  for (const [namespace, pid] of (stdout ?? '').matchAll(/^latentkit-(\d+)-[a-z]+/gm)) {
    if (!isRunning(Number(pid))) ip('netns', 'delete', namespace);
  }
}

function ip(...words: string[]): void {
  const { error, status, stderr } = spawnSync('ip', words, { encoding: 'utf8' });
  if (error || status !== 0) throw new Error(`ip ${words.join(' ')}: ${error?.message ?? stderr.trim()}`);
}
