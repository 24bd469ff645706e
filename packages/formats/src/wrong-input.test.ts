import { describe, expect, it } from 'vitest';
import { parseHdf5 } from './hdf5.ts';
import * as formats from './index.ts';
import { parseOnnx } from './onnx.ts';
import { parseTorch } from './torch.ts';

type AnyFunction = (...input: unknown[]) => unknown;
const {
  parseIdx,
  parseNpy,
  parseSafetensors,
  gunzip,
  isGzip,
  decodeText,
  parseJson,
  parseCsv,
  parseCsvText,
  readZip,
  parsePng,
  parseGif,
  parseBmp,
} = formats;
const { encodeIdx, encodeNpy, encodeCsv, encodeSafetensors, toFloat32Arrays } = formats;
const readers = {
  ...{
    parseIdx,
    parseNpy,
    parseSafetensors,
    gunzip,
    isGzip,
    decodeText,
    parseJson,
    parseCsv,
    parseCsvText,
    readZip,
    parsePng,
    parseGif,
    parseBmp,
    parseHdf5,
    parseOnnx,
    parseTorch,
  },
};
const writers = { encodeIdx, encodeNpy, encodeCsv };
const ofNames = { encodeSafetensors, toFloat32Arrays };
const junk = [
  null,
  undefined,
  5,
  [1, 2],
  new Date(),
  new DataView(new ArrayBuffer(4)),
  Promise.resolve(),
  () => {},
];
const code = (...codes: string[]) => ({ code: expect.stringMatching(new RegExp(`^(${codes.join('|')})$`)) });

async function refuses(call: () => unknown, expected: object): Promise<void> {
  await expect((async () => call())()).rejects.toMatchObject(expected);
}

describe.each(Object.entries(readers))('%s', (name, read) => {
  it('refuses with a code what are no bytes', async () => {
    for (const file of [...junk, {}, new Float32Array(3)]) {
      await refuses(
        () => (read as AnyFunction)(file, ...(/^(decodeText|parseJson)$/.test(name) ? ['a'] : [])),
        code('E_USAGE'),
      );
    }
  });
});

describe.each(Object.entries(writers))('%s', (_, write) => {
  it('refuses with a code what is no array', async () => {
    for (const wrong of junk) {
      await refuses(() => (write as AnyFunction)(wrong), code('E_USAGE'));
      await refuses(() => (write as AnyFunction)({ shape: [1, 1], data: wrong }), code('E_USAGE'));
      if (Array.isArray(wrong)) continue;
      await refuses(() => (write as AnyFunction)({ shape: wrong, data: new Int8Array(2) }), code('E_USAGE'));
    }
  });
});

describe.each(Object.entries(ofNames))('%s', (_, take) => {
  it('refuses with a code what are no named arrays', async () => {
    for (const wrong of junk) {
      await refuses(() => (take as AnyFunction)(wrong), code('E_USAGE'));
      await refuses(() => (take as AnyFunction)({ a: wrong }), code('E_USAGE', 'E_FORMAT'));
    }
  });
});

it('encodeSafetensors refuses metadata that are no names with texts', async () => {
  for (const wrong of junk.filter((one) => one !== undefined)) {
    await refuses(() => encodeSafetensors({}, wrong as never), code('E_USAGE'));
  }
});

const files = {
  parseIdx: Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 0),
  parseNpy: encodeNpy({ shape: [0], data: new Int8Array() }),
  parseSafetensors: encodeSafetensors({}),
  gunzip: new Uint8Array(2),
  parseCsv: '1,2',
  encodeCsv: { shape: [0, 0], data: new Int8Array() },
} as const;

it.each(Object.entries(files))(
  '%s refuses options that nobody knows, or of another kind',
  async (name, file) => {
    const call = (options: unknown) => () =>
      (formats as unknown as Record<string, AnyFunction>)[name]!(file, options);
    for (const options of [null, 3, 'x', { maxElement: 1 }, { __proto__: null, toString: 1 }]) {
      await refuses(call(options), code('E_CONFIG'));
    }
    if (name !== 'encodeCsv')
      await refuses(call({ [name === 'gunzip' ? 'maxBytes' : 'maxElements']: '9' }), code('E_RANGE'));
  },
);

it.each([
  [{ header: 'yes' }, 'E_RANGE'],
  [{ rowNumbers: 1 }, 'E_RANGE'],
  [{ decimal: ';' }, 'E_UNKNOWN_NAME'],
  [{ delimiter: 5 }, 'E_USAGE'],
  [{ textColumn: {} }, 'E_UNKNOWN_NAME'],
])('parseCsv refuses %o', async (options, expected) => {
  await refuses(() => parseCsv('a,b\n1,2', options as never), code(expected));
});

it.each([
  [{ columns: [1, 2] }, 'E_USAGE'],
  [{ columns: 'ab' }, 'E_USAGE'],
  [{ texts: ['a'] }, 'E_USAGE'],
  [{ delimiter: ', ' }, 'E_USAGE'],
])('encodeCsv refuses %o', async (options, expected) => {
  await refuses(() => encodeCsv({ shape: [1, 2], data: new Int8Array(2) }, options as never), code(expected));
});
