import type { Page } from '../page.ts';
import { Icon } from '../parts/icon.tsx';
import { ExportMenu } from './export-menu.tsx';

/** The fingerprint of the trained weights, and whether it is the one that the link promised. */
export function Fingerprint({ page }: { page: Page }) {
  const { end, kept } = page.lab.session.value;
  const { fingerprint, reason } = end ?? {};
  if (!fingerprint) return null;
  const promised = page.promised.value;
  const isSame = promised !== undefined && fingerprint.startsWith(promised);
  return (
    <div class="fingerprint" title={`SHA-256 of model.safetensors: ${fingerprint}`}>
      <span class="dim">weights</span> <code data-fingerprint={fingerprint}>{fingerprint.slice(0, 8)}</code>
      {kept && (
        <button
          type="button"
          title="The run's folder, as a ZIP"
          onClick={() => void page.download(kept.name)}
        >
          Download run
        </button>
      )}
      <ExportMenu page={page} />
      {promised !== undefined && reason !== 'aborted' && (
        <span class={isSame ? 'good' : 'beware'}>
          {isSame && <Icon name="tick" />}
          {isSame ? 'as the link promised, bit for bit' : `not those of the link, ${promised.slice(0, 8)}`}
        </span>
      )}
    </div>
  );
}
