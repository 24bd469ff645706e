import type { SaidFault } from '../text/faults.ts';
import { SaidByProgram } from './said-by-program.tsx';

/** What went wrong, and what the program says of it. */
export function FaultNotice({ fault: { words, details } }: { fault: SaidFault }) {
  return (
    <div class="notice bad" role="alert">
      {words}
      <SaidByProgram details={details} />
    </div>
  );
}
