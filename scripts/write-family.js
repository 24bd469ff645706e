// `pnpm docs:family`: writes docs/family-checks.md from the list of variants and from docs/reproduction.md.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { familyPage } from './lib/family-page.js';
import { ROOT } from './lib/workspace.js';

writeFileSync(join(ROOT, 'docs/family-checks.md'), familyPage());
console.log('Wrote docs/family-checks.md');
