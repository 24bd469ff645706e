import { useSignal, useSignalEffect } from '@preact/signals';
import type { Page } from '../page.ts';

type Drawer = typeof import('./drawer.tsx').Drawer;

/** The cards, which are loaded when they are wanted first. */
export function LearnDrawer({ page }: { page: Page }) {
  const loaded = useSignal<{ readonly Drawer: Drawer } | undefined>(undefined);
  useSignalEffect(() => {
    if (page.learn.isOpen.value && !loaded.peek()) {
      void page
        .load('The cards', () => import('./drawer.tsx'))
        .then((part) => {
          if (part) loaded.value = { Drawer: part.Drawer };
          else page.learn.close();
        });
    }
  });
  if (!page.learn.isOpen.value || !loaded.value) return null;
  const { Drawer } = loaded.value;
  return <Drawer page={page} />;
}
