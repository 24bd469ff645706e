import { type ReadonlySignal, signal } from '@preact/signals';
import type { CardId } from './cards.ts';

/** What is open of the cards. */
export interface Learn {
  readonly isOpen: ReadonlySignal<boolean>;
  /** The card that is unfolded; undefined for none. */
  readonly card: ReadonlySignal<CardId | undefined>;
  /** How often it was asked to follow a batch through the network; 0 while none is. */
  readonly follows: ReadonlySignal<number>;
  /** Opens the cards, at one of them or where one was. */
  open(card?: CardId): void;
  /** Unfolds a card, or folds it. */
  turn(card: CardId, isOpen: boolean): void;
  /** Follows one from the beginning, or no longer. */
  follow(on: boolean): void;
  close(): void;
}

export function createLearn(): Learn {
  const isOpen = signal(false);
  const card = signal<CardId | undefined>(undefined);
  const follows = signal(0);
  return {
    isOpen,
    card,
    follows,
    open(next) {
      if (next) card.value = next;
      isOpen.value = true;
    },
    turn(one, isShown) {
      if (isShown) card.value = one;
      else if (card.peek() === one) card.value = undefined;
    },
    follow(on) {
      follows.value = on ? follows.peek() + 1 : 0;
    },
    close() {
      isOpen.value = false;
      follows.value = 0;
    },
  };
}
