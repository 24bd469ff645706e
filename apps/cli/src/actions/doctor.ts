import { LatentkitError } from '@latentkit/core';
import type { Finding } from '@latentkit/experiment/node';
import { hasUnicode, type PictureMode, paint, pictureMode, runCommand, wrapText } from '@latentkit/terminal';

export interface DoctorOptions {
  probe?: boolean;
  json?: boolean;
}

const WIDTH = 100; // where nobody says how wide the terminal is
const NARROW = 60; // there text stands below its title
const TITLE_WIDTH = 12;
const MARK_WIDTH = 9;

const PICTURES: Readonly<Record<PictureMode, string>> = {
  kitty: "pictures by kitty's protocol",
  iterm: "pictures by iTerm2's protocol",
  blocks24: 'pictures in half blocks of 16 million colours',
  blocks8: 'pictures in half blocks of 256 colours',
  blocks1: 'pictures in half blocks without colours',
  none: 'no pictures',
};

/**
 * Tells what {@link diagnose} finds, row by row, and what the terminal can.
 *
 * @throws `E_BACKEND` when something is missing that nothing works without.
 */
export async function examine({ probe, json = false }: DoctorOptions): Promise<void> {
  await runCommand({ json, leaves: 'Stopped.' }, async ({ line, signal }) => {
    const missing: string[] = [];
    const tell = (finding: Finding) => {
      line.clear();
      process.stdout.write(`${json ? JSON.stringify(finding) : describe(finding)}\n`);
      if (finding.status === 'missing') missing.push(finding.title);
    };
    tell(terminalFinding()); // at once: the rest takes longer to load
    const { diagnose } = await import('@latentkit/experiment/node');
    for await (const finding of diagnose({ probe, signal })) {
      tell(finding);
      if (finding.name === 'disk' && probe) line.draw(paint('dim', 'Training for a second'));
    }
    if (missing.length === 0) return;
    const names = missing.join(', ');
    throw new LatentkitError('E_BACKEND', `Latentkit cannot work like this: see ${names} above`);
  });
}

function terminalFinding(): Finding {
  const { isTTY = false, columns = 0 } = process.stderr;
  const finding = { name: 'terminal', title: 'Terminal', status: 'ok' as const };
  const pictures = pictureMode();
  const values = { terminal: isTTY, columns, unicode: hasUnicode(), pictures };
  if (!isTTY) return { ...finding, text: 'none here: a line an epoch, no colours, no pictures', values };
  const letters = values.unicode ? 'Unicode' : 'ASCII';
  const text = `${columns} columns, ${letters}, ${PICTURES[pictures]}`;
  if (values.unicode) return { ...finding, text, values };
  return {
    ...finding,
    status: 'note',
    text,
    values,
    fix: 'Set LANG to a locale of UTF-8 for bars, curves and pictures',
  };
}

function describe({ title, status, text, fix }: Finding): string {
  const { stdout } = process;
  const style = ({ ok: 'green', note: 'yellow', missing: 'red' } as const)[status];
  const width = (stdout.isTTY && stdout.columns) || WIDTH;
  const mark = `${paint(style, status.padEnd(MARK_WIDTH), stdout)}${title.padEnd(TITLE_WIDTH)}`;
  const indent = ' '.repeat(width < NARROW ? 2 : MARK_WIDTH + TITLE_WIDTH);
  const lines = [text, ...(fix === undefined ? [] : [fix])].flatMap((sentence) =>
    wrapText(sentence, Math.max(width - indent.length, TITLE_WIDTH)).split('\n'),
  );
  if (width < NARROW) return [mark.trimEnd(), ...lines.map((one) => indent + one)].join('\n');
  const [first, ...others] = lines;
  return [mark + first, ...others.map((one) => indent + one)].join('\n');
}
