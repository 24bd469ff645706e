import { CardLink } from '../../learn/card-link.tsx';
import type { Page } from '../../page.ts';
import { LatentBars } from '../../parts/latent-bars.tsx';

/** What each latent dimension carries, those that carry most first. */
export function KlBars({ page }: { page: Page }) {
  const kl = page.lab.pictures.value?.kl ?? [];
  return (
    <section class="panel" data-panel="kl">
      <div class="panel-head">
        <h2>What each code carries</h2>
        <CardLink page={page} card="dead" about="dimensions that say nothing" />
      </div>
      {kl.length === 0 && <p class="dim">The KL divergence of each dimension, in nats.</p>}
      <LatentBars kl={kl} />
    </section>
  );
}
