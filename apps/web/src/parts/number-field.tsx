import { useSignal } from '@preact/signals';

interface NumberFieldProps {
  readonly label: string;
  /** A sentence of what it does. */
  readonly about?: string;
  /** Undefined where the config has no single number. */
  readonly value: number | undefined;
  readonly least: number;
  readonly most: number;
  readonly step: number;
  change(value: number): void;
}

/** A number to type or to step; what is no number of the range is left as it was, and that is said. */
export function NumberField({ label, about, value, least, most, step, change }: NumberFieldProps) {
  const refused = useSignal('');
  return (
    <div>
      <label class="field">
        <span>{label}</span>
        <input
          type="number"
          min={least}
          max={most}
          step={step}
          value={value ?? ''}
          disabled={value === undefined}
          onChange={({ currentTarget }) => {
            const next = currentTarget.valueAsNumber;
            const fits = next >= least && next <= most;
            refused.value = fits ? '' : `From ${least} to ${most}, so it stays ${value}`;
            if (fits) change(next);
            else currentTarget.value = String(value ?? '');
          }}
        />
        {about && <small>{about}</small>}
      </label>
      <small class="bad" role="status">
        {refused}
      </small>
    </div>
  );
}
