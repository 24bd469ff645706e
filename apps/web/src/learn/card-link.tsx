import type { Page } from '../page.ts';
import type { CardId } from './cards.ts';

interface CardLinkProps {
  readonly page: Page;
  readonly card: CardId;
  /** What the card is about, in a word or two. */
  readonly about: string;
}

/** Opens a card where its word is used. */
export function CardLink({ page, card, about }: CardLinkProps) {
  return (
    <button
      type="button"
      class="card-link"
      aria-label={`Learn: ${about}`}
      title={`Learn: ${about}`}
      onClick={() => page.learn.open(card)}
    >
      ?
    </button>
  );
}
