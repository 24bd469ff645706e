import { LatentkitError, shorten, sizeOfShape } from '@latentkit/core';
import { gunzip, isGzip, parseIdx } from '@latentkit/formats';
import { digestHex } from '../download/digest-hex.ts';
import type { IdxFileSpec } from './idx-dataset-spec.ts';

export interface UnpackedIdxFile {
  /** The whole file without gzip. */
  content: Uint8Array;
  /** Its numbers. */
  data: Uint8Array;
}

/** Unpacks a published file and makes sure that it is the published one, or at least of its type and shape. */
export async function unpackIdxFile(
  file: IdxFileSpec,
  bytes: Uint8Array,
  { checkDigest }: { checkDigest: boolean },
): Promise<UnpackedIdxFile> {
  refuseWebPage(bytes);
  const { algorithm, of, hex } = file.checksum;
  const check = async (what: string, checked: Uint8Array) => {
    const got = await digestHex(algorithm, checked);
    if (got === hex) return;
    throw new LatentkitError('E_CHECKSUM', `expected the ${algorithm} ${hex} of ${what}, got ${got}`);
  };
  if (checkDigest && of === 'gzip') {
    if (!isGzip(bytes)) {
      throw new LatentkitError(
        'E_CHECKSUM',
        `expected a gzip stream of the ${algorithm} ${hex}, got other bytes; was it unpacked on the way by a server or proxy?`,
      );
    }
    await check('the gzip stream', bytes);
  }
  const maxBytes = 4 + 4 * file.shape.length + sizeOfShape(file.shape);
  const content = isGzip(bytes) ? await gunzip(bytes, { maxBytes }) : bytes;
  if (checkDigest && of === 'content') await check('the unpacked bytes', content);
  const { shape, data } = parseIdx(content);
  if (!(data instanceof Uint8Array) || shape.join() !== file.shape.join()) {
    throw new LatentkitError(
      'E_FORMAT',
      `expected bytes of shape [${file.shape.join(', ')}], got ${data.constructor.name} of [${shape.join(', ')}]`,
    );
  }
  return { content, data };
}

/** What captive portals and mirrors that moved send in place of a file, with the status of success. */
function refuseWebPage(bytes: Uint8Array): void {
  const start = new TextDecoder().decode(bytes.subarray(0, 256)).trimStart();
  if (!/^<[!?a-z]/i.test(start)) return;
  throw new LatentkitError(
    'E_FORMAT',
    `got a web page in place of the file, which begins '${shorten(start)}'`,
  );
}
