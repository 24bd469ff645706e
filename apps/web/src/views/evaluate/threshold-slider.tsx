import type { Signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Odd } from '../../evaluate/open-evaluation.ts';
import { alarmStops, histogramOf, stopOf, type Threshold } from '../../evaluate/threshold.ts';
import { sayMeasure, sayOdd, sayShare } from '../../text/evaluation.ts';

const BINS = 60;
/** Of the picture, in its own units. */
const [BAR, HEIGHT] = [10, 100];

interface ThresholdSliderProps {
  readonly odd: Odd;
  readonly alarms: Signal<number>;
  readonly threshold: Threshold;
  readonly isOfTable: boolean;
}

/** Where scores lie, and the threshold among them, which is moved by how many ordinary images may score above it. */
export function ThresholdSlider({ odd, alarms, threshold, isOfTable }: ThresholdSliderProps) {
  const { cleanScores, scores } = odd;
  const examples = cleanScores.length;
  const bars = useMemo(() => histogramOf(cleanScores, scores, BINS), [cleanScores, scores]);
  const stops = useMemo(() => alarmStops(examples), [examples]);
  const share = (value: number) => Math.min(1, Math.max(0, (value - bars.least) / (bars.most - bars.least)));
  const at = BAR * BINS * share(threshold.value);
  const words = `at most ${sayShare(threshold.share)} of ordinary ${isOfTable ? 'rows' : 'images'}`;
  return (
    <div class="threshold">
      <svg
        viewBox={`0 0 ${BAR * BINS} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Scores from ${sayMeasure(bars.least)} to ${sayMeasure(bars.most)}; the threshold is ${sayMeasure(threshold.value)}`}
      >
        <Bars shares={bars.looked} />
        <Outline shares={bars.clean} />
        <line x1={at} x2={at} y1={0} y2={HEIGHT} />
      </svg>
      <p class="threshold-axis dim">
        <span>{sayMeasure(bars.least)}</span>
        <span>{sayMeasure(bars.most)} and more</span>
      </p>
      <p class="threshold-axis legend">
        <span class="bar">{odd.of}</span>
        <span class="bar clean">ordinary: {odd.clean}</span>
      </p>
      <label class="threshold-slider">
        <span>False alarms</span>
        <input
          type="range"
          min={0}
          max={stops.length - 1}
          step={1}
          value={stopOf(alarms.value, stops)}
          aria-valuetext={`${words}; threshold ${sayMeasure(threshold.value)}`}
          onInput={({ currentTarget }) => {
            alarms.value = stops[currentTarget.valueAsNumber]!;
          }}
        />
        <span>{words}</span>
      </label>
      <p>
        Threshold{' '}
        <data value={threshold.value} data-threshold="">
          {sayMeasure(threshold.value)}
        </data>{' '}
        by {odd.scoreTitle}:{' '}
        <span data-odd={threshold.odd}>
          {sayOdd(
            { odd: threshold.odd, of: scores.length, images: odd.of },
            { alarms: alarms.value, examples, clean: odd.clean },
          )}
        </span>
      </p>
    </div>
  );
}

function Bars({ shares }: { shares: readonly number[] }) {
  return (
    <g>
      {shares.map((share, i) => (
        <rect
          key={i}
          x={BAR * i}
          width={BAR - 1}
          y={HEIGHT * (1 - Math.sqrt(share))}
          height={HEIGHT * Math.sqrt(share)}
        />
      ))}
    </g>
  );
}

function Outline({ shares }: { shares: readonly number[] }) {
  const steps = shares.map((share, i) => {
    const y = HEIGHT * (1 - Math.sqrt(share));
    return `L${BAR * i} ${y}L${BAR * (i + 1)} ${y}`;
  });
  return <path d={`M0 ${HEIGHT}${steps.join('')}L${BAR * shares.length} ${HEIGHT}`} />;
}
