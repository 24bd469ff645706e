import { access, constants, stat, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { formatBytes } from '@latentkit/core';
import { DATASETS } from '@latentkit/datasets';
import { defaultCacheDirectory } from '@latentkit/datasets/node';
import { isThere } from '@latentkit/formats/node';
import type { Check } from './finding.ts';

const A_RUN = 20e6; // bytes that a small run and its figures take
const COMFORTABLE = 1e9;

export const datasetsCheck: Check = {
  name: 'datasets',
  title: 'Datasets',
  async look() {
    const cache = defaultCacheDirectory();
    const sizes: Record<string, number> = {};
    for (const { name, files } of DATASETS) {
      if (files.length === 0) continue;
      const bytes = await Promise.all(files.map((file) => sizeOf(join(cache, file))));
      if (bytes.every((size) => size > 0)) sizes[name] = bytes.reduce((sum, size) => sum + size, 0);
    }
    const names = Object.keys(sizes);
    const listed = names.map((name) => `${name} (${formatBytes(sizes[name]!)})`).join(', ');
    const values = { cache, ...sizes };
    if (!(await mayWrite(cache))) {
      return {
        status: 'note',
        text: `downloads cannot be kept in ${cache}`,
        values,
        fix: 'Set LATENTKIT_CACHE to a folder that you may write to',
      };
    }
    const text = names.length > 0 ? `${listed} in ${cache}` : `none downloaded yet; they go to ${cache}`;
    return { status: 'ok', text: `${text}; digits are drawn by code`, values };
  },
};

export const diskCheck: Check = {
  name: 'disk',
  title: 'Disk',
  async look({ folder }) {
    const { bavail, bsize } = await statfs(await nearest(folder));
    const free = bavail * bsize;
    const isWritable = await mayWrite(folder);
    const values = { folder, free, writable: isWritable };
    if (!isWritable) {
      return {
        status: 'missing',
        text: `runs cannot be written in ${folder}`,
        values,
        fix: 'Go to a folder that you may write to, or choose one with --out',
      };
    }
    const text = `${formatBytes(free)} free in ${folder}`;
    if (free >= COMFORTABLE) return { status: 'ok', text, values };
    const fix = 'Free some space: a run takes 10 MB and more';
    return { status: free < A_RUN ? 'missing' : 'note', text, values, fix };
  },
};

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

/** It, or the first folder above that is there. */
async function nearest(path: string): Promise<string> {
  const whole = resolve(path);
  const above = dirname(whole);
  return above === whole || (await isThere(whole)) ? whole : nearest(above);
}

async function mayWrite(path: string): Promise<boolean> {
  return access(await nearest(path), constants.W_OK).then(
    () => true,
    () => false,
  );
}
