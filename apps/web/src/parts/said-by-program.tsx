/** The program's own words of a fault, behind a fold; nothing where it has none. */
export function SaidByProgram({ details }: { details: string | undefined }) {
  if (!details) return null;
  return (
    <details>
      <summary>What the program says</summary>
      <code>{details}</code>
    </details>
  );
}
