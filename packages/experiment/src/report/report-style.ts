/** The report's look: one readable column, light and dark, as its figures are. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --ink: #1c2330; --soft: #5d6675; --line: #dfe3ea; --ground: #fbfbfd; --card: #fff; --accent: #2f5fd0; --warn: #b7791f; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ef; --soft: #9aa4b5; --line: #2c3442; --ground: #12161d; --card: #1a202a; --accent: #8fb0ff; --warn: #e0b04c; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.55 Inter, system-ui, sans-serif; }
main { max-width: 980px; margin: 0 auto; padding: 48px 24px 64px; }
.eyebrow { margin: 0; color: var(--accent); font-size: 13px; font-weight: 600; letter-spacing: .06em; text-transform: uppercase; }
h1 { margin: 4px 0 8px; font-size: 34px; line-height: 1.15; letter-spacing: -.02em; }
h1 span { color: var(--soft); font-weight: 400; }
header p:last-child { margin: 0; color: var(--soft); }
h2 { margin: 44px 0 12px; font-size: 20px; letter-spacing: -.01em; }
h3 { margin: 24px 0 8px; font-size: 15px; }
a { color: var(--accent); }
nav { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 28px 0 0; padding: 10px 0; border-block: 1px solid var(--line); font-size: 14px; }
nav a { text-decoration: none; }
nav a:hover { text-decoration: underline; }
section p { max-width: 76ch; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(120px, 1fr)); gap: 12px; margin: 28px 0 0; }
.tiles div { padding: 12px 14px; border: 1px solid var(--line); border-radius: 10px; background: var(--card); display: flex; flex-direction: column; justify-content: space-between; }
dt { color: var(--soft); font-size: 13px; text-wrap: balance; }
dd { margin: 2px 0 0; font-size: 22px; font-weight: 600; font-variant-numeric: tabular-nums; }
figure { margin: 28px 0 0; padding: 12px; border: 1px solid var(--line); border-radius: 12px; background: var(--card); }
figure img { display: block; max-width: 100%; height: auto; margin: 0 auto; }
figcaption { margin: 4px 24px 12px; color: var(--soft); font-size: 14px; text-align: center; text-wrap: balance; }
figure .how { max-width: none; margin: 0 12px 8px; padding: 10px 0 0; border-top: 1px solid var(--line); font-size: 14px; text-align: center; text-wrap: balance; }
figure .how::before { content: "How to read it: "; color: var(--accent); font-weight: 600; }
section > figure:first-of-type { margin-top: 0; }
.note { margin: 20px 0 0; padding: 12px 16px; border-left: 4px solid var(--warn); border-radius: 4px; background: var(--card); }
.missing { margin: 28px 0 0; padding: 20px 36px; border: 1px dashed var(--line); border-radius: 10px; color: var(--soft); }
.missing b { display: block; color: var(--ink); }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums; }
th, td { padding: 6px 10px; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
th { color: var(--soft); font-weight: 500; }
.name, .prose { text-align: left; }
.prose { min-width: 280px; color: var(--soft); white-space: normal; }
table.pairs { width: auto; min-width: min(440px, 100%); }
figure + .scroll { margin-top: 16px; }
.scroll + figure { margin-top: 16px; }
tr.kept td { color: var(--accent); font-weight: 600; }
.copy { -webkit-user-select: all; user-select: all; cursor: copy; }
details { margin: 0; }
summary { padding: 8px 0; color: var(--accent); cursor: pointer; }
.words { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(400px, 100%), 1fr)); gap: 16px 40px; margin: 0; }
.words dt { color: var(--ink); font-size: 15px; font-weight: 600; }
.words dd { margin: 2px 0 0; color: var(--soft); font-size: 14px; font-weight: 400; }
pre { overflow-x: auto; padding: 14px 16px; border: 1px solid var(--line); border-radius: 10px; background: var(--card); font: 13px/1.5 ui-monospace, Menlo, Consolas, monospace; }
code { font: .92em ui-monospace, Menlo, Consolas, monospace; }
footer { margin-top: 56px; padding-top: 16px; border-top: 1px solid var(--line); color: var(--soft); font-size: 13px; }
@media (max-width: 640px) {
  main { padding: 28px 16px 40px; }
  h1 { font-size: 28px; }
  .tiles { grid-template-columns: 1fr 1fr; }
  .tiles div:last-child:nth-child(odd) { grid-column: 1 / -1; }
  figure { padding: 4px; }
  h2 { margin-top: 36px; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; }
  figcaption { margin: 4px 12px 10px; }
  .missing { padding: 14px 16px; }
  figure img { width: 100%; } /* pictures are looked at as a whole; what is wide and has details scrolls rather than shrinks */
  :is(.loss-curves, .maps, .kl-by-dimension, .reconstructions, .sample-row) img { max-width: none; width: max(100%, 620px); }
}
@media print {
  :root { color-scheme: light; --ink: #1c2330; --soft: #5d6675; --line: #dfe3ea; --ground: #fff; --card: #fff; --accent: #2f5fd0; --warn: #b7791f; }
  main { max-width: none; padding: 0 1px; } /* the edge of the page cuts what lies on it */
  .tiles { grid-template-columns: repeat(auto-fit, minmax(80px, 1fr)); gap: 8px; }
  .tiles div { padding: 8px; }
  dt { font-size: 11px; }
  dd { font-size: 16px; }
  figure, .tiles, .note, tr { break-inside: avoid; }
  h2 { break-after: avoid; }
  nav { display: none; }
  h2 { margin-top: 24px; }
  footer { margin-top: 20px; }
  details::details-content { content-visibility: visible; display: block; height: auto; } /* what is folded up is printed, too */
  figure { margin-top: 14px; padding: 6px; }
  figure img { max-height: 84mm; } /* two figures a page */
  figure .how { padding-top: 6px; }
  section p { max-width: none; }
  .words { grid-template-columns: 1fr 1fr; gap: 8px 24px; }
  .words div { break-inside: avoid; }
  pre { font-size: 10px; white-space: pre-wrap; }
  .scroll { overflow: visible; } /* paper does not scroll: wide tables wrap */
  table { font-size: 10px; }
  th, td { padding: 4px; white-space: normal; hyphens: auto; }
}
`;
