import type { SaidFault } from '../text/faults.ts';

/** What went wrong, and what the program says of it. */
export function FaultNotice({ fault: { words, details } }: { fault: SaidFault }) {
  return (
    <div class="notice bad" role="alert">
      {words}
      {details && (
        <details>
          <summary>What the program says</summary>
          <code>{details}</code>
        </details>
      )}
    </div>
  );
}
