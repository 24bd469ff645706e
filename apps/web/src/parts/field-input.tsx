import type { FieldDescription } from '@latentkit/core/fields';
import { wordsOf } from '../text/fields.ts';

interface FieldInputProps {
  readonly field: FieldDescription;
  /** A new value; undefined leaves an optional field out. */
  change(value: unknown): void;
}

/** One field of a config: typed, chosen or ticked. */
export function FieldInput({ field, change }: FieldInputProps) {
  const { label, about } = wordsOf(field.path);
  return (
    <div class="field">
      <label for={idOf(field)}>{label}</label>
      <Input field={field} change={change} />
      {about && <small id={`${idOf(field)}-about`}>{about}</small>}
    </div>
  );
}

const idOf = ({ path }: FieldDescription): string => `field-${path}`;

function Input({ field, change }: FieldInputProps) {
  const about = wordsOf(field.path).about && `${idOf(field)}-about`;
  const named = { id: idOf(field), 'aria-describedby': about };
  const { kind, value, isOptional, options = [], least, most, isWhole } = field;
  const placeholder = isOptional ? 'none' : undefined;
  if (kind === 'choice') {
    return (
      <select
        {...named}
        value={value === undefined ? '' : String(value)}
        disabled={options.length === 1 && !isOptional}
        onChange={({ currentTarget }) => change(currentTarget.value === '' ? undefined : currentTarget.value)}
      >
        {isOptional && <option value="">none</option>}
        {options.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
    );
  }
  if (kind === 'flag') {
    return (
      <input
        {...named}
        type="checkbox"
        checked={value === true}
        onChange={({ currentTarget }) => change(currentTarget.checked || (isOptional ? undefined : false))}
      />
    );
  }
  if (kind === 'number') {
    return (
      <input
        {...named}
        type="number"
        min={least}
        max={most}
        step={isWhole ? 1 : 'any'}
        value={value === undefined ? '' : String(value)}
        placeholder={placeholder}
        onChange={({ currentTarget }) => {
          const next = currentTarget.valueAsNumber;
          if (!Number.isNaN(next)) change(next);
          else if (isOptional) change(undefined);
          else currentTarget.value = String(value);
        }}
      />
    );
  }
  return (
    <input
      {...named}
      type="text"
      value={value === undefined ? '' : kind === 'json' ? JSON.stringify(value) : String(value)}
      placeholder={placeholder}
      spellcheck={false}
      onChange={({ currentTarget }) => change(read(currentTarget.value, kind))}
    />
  );
}

/** What is typed is JSON, or else text that the config's check will name. */
function read(text: string, kind: FieldDescription['kind']): unknown {
  if (text.trim() === '') return undefined;
  if (kind === 'text') return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
