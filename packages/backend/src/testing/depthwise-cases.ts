import { CONV_CASES, type ConvCase } from './conv-cases.ts';

/** {@link CONV_CASES} for depthwise convolutions: a filter's last size is the channel multiplier, of 1, 2 and 3. */
export const DEPTHWISE_CASES: [string, ConvCase][] = CONV_CASES.flatMap(([name, one]) =>
  [1, 2, 3].map((multiplier): [string, ConvCase] => {
    const [height, width, channels] = one.filter;
    return [`${name}, multiplier ${multiplier}`, { ...one, filter: [height, width, channels, multiplier] }];
  }),
);
