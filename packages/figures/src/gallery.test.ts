import { expect, test } from 'vitest';
import { SCENES } from './testing/gallery-scenes.ts';

// `pnpm gallery` writes these files anew, for who changed looks on purpose: the diff shows them.
test.each(Object.entries(SCENES))('%s looks as it did', async (name, draw) => {
  await expect(draw()).toMatchFileSnapshot(`../gallery/${name}.svg`);
});

test('the page of all figures shows each of them', async () => {
  await expect(galleryPage(Object.keys(SCENES))).toMatchFileSnapshot('../gallery/index.html');
});

function galleryPage(names: readonly string[]): string {
  const links = names.map((name) => `<a href="#${name}">${name}</a>`).join('\n');
  const figures = names.map(
    (name) =>
      `<figure id="${name}"><figcaption>${name}</figcaption><img src="${name}.svg" alt="${name}"></figure>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Figures of Latentkit</title>
<style>
:root { color-scheme: light dark; font: 15px/1.5 Inter, system-ui, sans-serif; }
:root:has(#light:checked) { color-scheme: light; }
:root:has(#dark:checked) { color-scheme: dark; }
body { margin: 0 auto; max-width: 1000px; padding: 32px 24px; background: light-dark(#fbfbfd, #12161d); color: light-dark(#1c2330, #e6e9ef); }
nav { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 16px 0; font-size: 14px; }
a { color: light-dark(#2f5fd0, #8fb0ff); }
figure { margin: 28px 0; padding: 8px; border: 1px solid light-dark(#dfe3ea, #2c3442); border-radius: 12px; background: light-dark(#fff, #1a202a); }
figcaption { padding: 8px 16px 0; font: 13px ui-monospace, monospace; color: light-dark(#5d6675, #9aa4b5); }
img { display: block; max-width: 100%; height: auto; margin: 0 auto; }
</style>
</head>
<body>
<h1>Figures of Latentkit</h1>
<fieldset><legend>Scheme</legend>
<label><input type="radio" name="scheme" checked> the system's</label>
<label><input type="radio" name="scheme" id="light"> light</label>
<label><input type="radio" name="scheme" id="dark"> dark</label>
</fieldset>
<nav>
${links}
</nav>
${figures.join('\n')}
</body>
</html>
`;
}
