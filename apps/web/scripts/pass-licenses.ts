import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin, Rolldown } from 'vite';

/** The folder of the installed package that a module is from, and the package's name. */
const INSTALLED = /^(.*\/node_modules\/((?:@[^/]+\/)?[^/]+))\//;
const LICENSE = /^(?:licen[cs]e|notice)/i;

/**
 * Writes `licenses.txt` beside the page: whose work is in it, as their licenses ask. Vite's own list knows the page alone, not
 * its workers, which are bundled apart: a plugin of each notes what goes in, and the page's writes it, which is made last.
 */
export function passLicenses(own: Readonly<Record<string, string>>): { page: Plugin; worker: () => Plugin } {
  const folders = new Map<string, string>();
  const note = (bundle: Rolldown.OutputBundle) => {
    const modules = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
    for (const [, folder, name] of modules.map((id) => INSTALLED.exec(id) ?? []))
      if (folder) folders.set(name!, folder);
  };
  return {
    worker: () => ({ name: 'note-licenses', generateBundle: (_options, bundle) => note(bundle) }),
    page: {
      name: 'pass-licenses',
      apply: 'build',
      generateBundle(_options, bundle) {
        note(bundle);
        const texts = [
          ...Object.entries(own).map(([name, path]) => ({ name, text: readFileSync(path, 'utf8') })),
          ...[...folders].sort().map(([name, folder]) => ({ name, text: licenseOf(name, folder) })),
        ];
        const source = texts.map(
          ({ name, text }) => `${name}\n${'='.repeat(name.length)}\n\n${text.trim()}\n`,
        );
        this.emitFile({ type: 'asset', fileName: 'licenses.txt', source: source.join('\n\n') });
      },
    },
  };
}

function licenseOf(name: string, folder: string): string {
  const file = existsSync(folder) && readdirSync(folder).find((each) => LICENSE.test(each));
  if (file) return readFileSync(join(folder, file), 'utf8');
  const { license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (!license) throw new Error(`${name} has no license that could be passed on with the page`);
  return `${license}, ${typeof author === 'string' ? author : (author?.name ?? 'its authors')}`;
}
