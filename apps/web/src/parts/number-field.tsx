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

/** A number to type or to step; what is no number of the range is left as it was. */
export function NumberField({ label, about, value, least, most, step, change }: NumberFieldProps) {
  return (
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
          if (next >= least && next <= most) change(next);
          else currentTarget.value = String(value ?? '');
        }}
      />
      {about && <small>{about}</small>}
    </label>
  );
}
