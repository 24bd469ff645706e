import type { ComponentChildren } from 'preact';
import type { Page } from '../page.ts';
import type { PartName } from '../state/url.ts';

interface PartProps {
  readonly page: Page;
  readonly name: PartName;
  readonly children: ComponentChildren;
}

/** A part of the lab that a link may hide. */
export function Part({ page, name, children }: PartProps) {
  return page.shows(name) ? children : null;
}
