import { LatentkitError, shorten } from '@latentkit/core';
import {
  anything,
  checkOptions,
  listRule,
  needed,
  number,
  type OptionRules,
  oneOf,
  textRule,
  whole,
} from '@latentkit/core/options';
import { asBytes } from '../arrays/as-bytes.ts';
import { createProtobufWriter, joinBytes, type ProtobufWriter } from '../protobuf/protobuf-writer.ts';
import { crc32c } from './crc32c.ts';

/** A number of a chart, or a picture, under a name. */
export interface TensorboardValue {
  /** Slashes make groups: `loss/kl`. */
  readonly tag: string;
  readonly scalar?: number;
  /** The bytes of a PNG file. */
  readonly png?: Uint8Array;
  /** Markdown that TensorBoard shows beside the chart. */
  readonly description?: string;
}

/** What happened at a step. */
export interface TensorboardEvent {
  /** Seconds since 1970. */
  readonly wallTime: number;
  readonly step?: number;
  readonly values?: readonly TensorboardValue[];
  /** `version` is a file's first event; `start` says that a run goes on from its step: what was there of later steps is void. */
  readonly mark?: 'version' | 'start';
}

const RULES: OptionRules<TensorboardEvent> = {
  wallTime: needed(number(0, Number.MAX_SAFE_INTEGER)),
  step: whole(0),
  values: listRule,
  mark: oneOf('version', 'start'),
};

const VALUE_RULES: OptionRules<TensorboardValue> = {
  tag: needed(textRule),
  scalar: { be: 'be a number', code: 'E_USAGE', fits: (value) => typeof value === 'number' },
  png: anything, // asBytes looks at it
  description: textRule,
};

const MASK = 0xa282ead8;
const START = 1;

/**
 * Writes events as the records of a TensorBoard event file; those of several calls one behind the other make one file.
 *
 * A record is the event's length (uint64), the length's checksum, the event (protobuf), its checksum; a checksum is the CRC-32C
 * turned right by 15 bits plus `0xa282ead8`. Numbers become float32.
 *
 * @throws `E_USAGE`, `E_RANGE`, `E_CONFIG` for what is no event; `E_FORMAT` for a picture that is no PNG.
 * @example
 * const file = encodeTensorboardEvents([
 *   { wallTime: Date.now() / 1000, mark: 'version' },
 *   { wallTime: Date.now() / 1000, step: 1, values: [{ tag: 'loss', scalar: 161.5 }] },
 * ]);
 * // as events.out.tfevents.<seconds>.<host>: tensorboard --logdir <folder>
 * @see https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/util/event.proto and tfrecord's description
 */
export function encodeTensorboardEvents(events: readonly TensorboardEvent[]): Uint8Array<ArrayBuffer> {
  if (!Array.isArray(events)) {
    throw new LatentkitError('E_USAGE', 'encodeTensorboardEvents: expected a list of events');
  }
  return joinBytes(events.flatMap((event) => record(encodeEvent(event).finish())));
}

function record(event: Uint8Array): Uint8Array[] {
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(event.length), true);
  return [length, maskedSum(length), event, maskedSum(event)];
}

function maskedSum(bytes: Uint8Array): Uint8Array {
  const sum = crc32c(bytes);
  const out = new Uint8Array(4);
  new DataView(out.buffer).setUint32(0, ((sum >>> 15) | (sum << 17)) + MASK, true);
  return out;
}

function encodeEvent(event: TensorboardEvent): ProtobufWriter {
  checkOptions('encodeTensorboardEvents', event, RULES);
  const { wallTime, step = 0, values = [], mark } = event;
  const message = createProtobufWriter().double(1, wallTime);
  if (step !== 0) message.integer(2, step);
  if (mark === 'version') return message.text(3, 'brain.Event:2');
  if (mark === 'start') return message.message(7, createProtobufWriter().integer(1, START));
  const summary = createProtobufWriter();
  for (const value of values) summary.message(1, encodeValue(value));
  return message.message(5, summary);
}

function encodeValue(value: TensorboardValue): ProtobufWriter {
  checkOptions('encodeTensorboardEvents', value, VALUE_RULES, 'values');
  const { tag, scalar, png, description } = value;
  if ((scalar === undefined) === (png === undefined)) {
    throw new LatentkitError(
      'E_USAGE',
      `encodeTensorboardEvents: '${shorten(tag)}' must have a scalar or a png`,
    );
  }
  const message = createProtobufWriter().text(1, tag);
  if (scalar !== undefined) message.float(2, scalar);
  if (png !== undefined) message.message(4, encodePicture(tag, asBytes('encodeTensorboardEvents', png)));
  return description === undefined
    ? message
    : message.message(
        9,
        createProtobufWriter()
          .message(1, createProtobufWriter().text(1, scalar === undefined ? 'images' : 'scalars'))
          .text(3, description),
      );
}

const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];
const HEADER_END = 26;
/** By a PNG's colour type. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 3, 4: 2, 6: 4 };

function encodePicture(tag: string, png: Uint8Array): ProtobufWriter {
  if (png.length < HEADER_END || SIGNATURE.some((byte, i) => png[i] !== byte)) {
    throw new LatentkitError('E_FORMAT', `encodeTensorboardEvents: '${shorten(tag)}' is no PNG`);
  }
  const header = new DataView(png.buffer, png.byteOffset);
  return createProtobufWriter()
    .integer(1, header.getUint32(20))
    .integer(2, header.getUint32(16))
    .integer(3, CHANNELS[header.getUint8(25)] ?? 0)
    .bytes(4, png);
}
