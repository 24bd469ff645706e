import { useSignal } from '@preact/signals';
import type { Page } from '../../page.ts';
import { FieldInput } from '../../parts/field-input.tsx';
import { FIELD_GROUPS, isShownElsewhere } from '../../text/fields.ts';

/** Every field of the config: as a form, and as JSON. */
export function Details({ page }: { page: Page }) {
  const asJson = useSignal(false);
  return (
    <details
      class="details"
      open={page.showsDetails.value}
      onToggle={({ currentTarget }) => page.showDetails(currentTarget.open)}
    >
      <summary>Details</summary>
      {page.showsDetails.value && (
        <div class="details-body">
          <fieldset class="switch" aria-label="How to write them">
            <button type="button" aria-pressed={!asJson.value} onClick={() => (asJson.value = false)}>
              Form
            </button>
            <button type="button" aria-pressed={asJson.value} onClick={() => (asJson.value = true)}>
              JSON
            </button>
          </fieldset>
          {asJson.value ? <ConfigText page={page} /> : <ConfigForm page={page} />}
        </div>
      )}
    </details>
  );
}

function ConfigForm({ page }: { page: Page }) {
  const fields = (page.checked.value?.fields ?? []).filter(({ path }) => !isShownElsewhere(path));
  return (
    <>
      {FIELD_GROUPS.map(({ name, title }) => {
        const own = fields.filter(({ path }) => path === name || path.startsWith(`${name}.`));
        if (own.length === 0) return null;
        return (
          <fieldset key={name} class="fields">
            <legend>{title}</legend>
            {own.map((field) => (
              <FieldInput key={field.path} field={field} change={(value) => page.set(field, value)} />
            ))}
          </fieldset>
        );
      })}
    </>
  );
}

function ConfigText({ page }: { page: Page }) {
  const fault = useSignal('');
  const { config } = page.draft.value;
  return (
    <div class="config-text">
      <textarea
        aria-label="The config as JSON"
        spellcheck={false}
        rows={24}
        value={JSON.stringify(config, null, 2)}
        onChange={({ currentTarget }) => {
          fault.value = page.write(currentTarget.value) ?? '';
        }}
      />
      <p class="bad" role="alert">
        {fault}
      </p>
    </div>
  );
}
