import { LatentkitError } from '@latentkit/core';
import { checkValue, having, type OptionRule } from '@latentkit/core/options';
import type { RunFiles, RunStore } from './run-store.ts';

const MOST_BYTES = 120; // a file system's 255, and room for what is made of it

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const NEVER = /[\u0000-\u001f\u007f/\\:*?"<>|]/; // on some system or other

const nameRule: OptionRule = {
  be: `be the name of a folder on any system: 1 to ${MOST_BYTES} bytes, without / \\ : * ? " < > |, not beginning with a dot, not ending with one or a space`,
  code: 'E_USAGE',
  fits: (value) =>
    typeof value === 'string' &&
    value !== '' &&
    new TextEncoder().encode(value).length <= MOST_BYTES &&
    value.isWellFormed() &&
    !NEVER.test(value) &&
    !/^[. ]|[. ]$/.test(value),
};

/** Names of devices, with any ending: Windows makes no folder of them, and saves no download (its naming of files, and Python's `ntpath.isreserved`). */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[1-9\u00b9\u00b2\u00b3]) *(?:\.|$)/i;

const deviceRule: OptionRule = {
  be: 'be no name that Windows has for a device (con, prn, aux, nul, com1 to com9, lpt1 to lpt9), with an ending or without',
  code: 'E_USAGE',
  fits: (value) => !DEVICE.test(value as string),
};

/** A run may come from a page and go to a disk: its name has to be one there, too. */
export function checkRunName(where: string, name: string): void {
  checkValue(where, 'the name of a run', name, nameRule);
}

/** {@link checkRunName}, of a name that is to be given. A run that has one of a device's can be read, taken away and called otherwise. */
export function checkNewRunName(where: string, name: string): void {
  checkRunName(where, name);
  checkValue(where, 'the name of a run', name, deviceRule);
}

const storeRule = having('a RunStore, as openOpfsRunStore makes', { files: 'function', open: 'function' });
const filesRule = having("a run's files, as a RunStore has them", { read: 'function', has: 'function' });

/** @throws `E_USAGE` for what is no store. */
export function checkStore(where: string, store: RunStore): void {
  checkValue(where, 'store', store, storeRule);
}

/** @throws `E_USAGE` for what are no files of a run. */
export function checkFiles(where: string, files: RunFiles): void {
  checkValue(where, 'files', files, filesRule);
}

/** Somebody writes that run. */
export function isBeingWritten(where: string, fix: string): LatentkitError {
  return new LatentkitError('E_EXISTS', `${where} is being written by another run`, { fix });
}

/** There is a run of that name. */
export function isThereAlready(where: string): LatentkitError {
  return new LatentkitError('E_EXISTS', `there is a run ${where} already`, { fix: 'Choose another name' });
}

/** There is none. */
export function isNotThere(where: string): LatentkitError {
  return new LatentkitError('E_NOT_FOUND', `there is no run ${where}`, { fix: 'Choose one of the list' });
}
