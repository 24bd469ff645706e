import { createModel, summarizeModel } from '@latentkit/models';
import type { MetricsRow } from '@latentkit/trainers';
import { describe, expect, it } from 'vitest';
import type { FigureResult } from '../figures/figure-result.ts';
import { findRecipe } from '../recipes/find-recipe.ts';
import { TINY_EVALUATION } from '../testing/tiny-evaluation.ts';
import { tinyConfig, tinySpec } from '../testing/tiny-run.ts';
import type { ReportContent } from './report-content.ts';
import { writeReport } from './write-report.ts';

const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><text>z₁</text></svg>';
const figures: FigureResult[] = [
  { name: 'loss-curves', title: 'Loss', caption: 'Means per image & epoch.', svg },
  { name: 'samples', title: 'Random samples', missing: 'There is no <prior>.' },
];
const epoch: MetricsRow = {
  ...{
    epoch: 1,
    loss: 190.123,
    reconstruction: 184.5,
    kl: 5.623,
    valLoss: 166.728,
    valReconstruction: 163,
    valKl: 7.456,
  },
  ...{ learningRate: 0.0018456789, beta: 0.5, seconds: 1.26 },
};
const content: ReportContent = {
  config: tinyConfig(),
  summary: summarizeModel(createModel(tinySpec())),
  history: [epoch, { ...epoch, epoch: 2, valLoss: 171 }],
  keptEpoch: 1,
  ending: 'Trained for 2 epochs; the weights are those of epoch 1.',
  figures,
  trainImages: 12_345,
  validationImages: 678,
  finishedAt: '2026-01-02 03:04 UTC',
  environment: { Node: 'v24', on: 'a <fast> machine' },
};
const html = writeReport(content);

/** Fails unless every element that is opened is closed, in order. */
function checkNesting(source: string): void {
  const open: string[] = [];
  const text = source.replace(/<style>[\s\S]*?<\/style>/, '').replace(/^<!doctype html>/, '');
  for (const [tag, slash, name] of text.matchAll(/<(\/?)([a-z][a-z0-9]*)(?:\s[^<>]*)?>/g)) {
    if (['meta', 'img'].includes(name!)) continue;
    if (!slash) open.push(name!);
    else expect(open.pop(), tag).toBe(name);
  }
  expect(open).toEqual([]);
  expect(text.replace(/<\/?[a-z][a-z0-9]*(?:\s[^<>]*)?>/g, ''), 'a stray angle bracket').not.toMatch(/[<>]/);
}

it('is a whole page of nested elements, with a language, a charset, a title and one first heading', () => {
  expect(html).toMatch(/^<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">/);
  expect(html).toContain('<title>tiny on digits - Latentkit</title>');
  expect(html).toContain('<meta name="viewport"');
  expect(html.match(/<h1>/g)).toHaveLength(1);
  checkNesting(html);
});

it('loads nothing: no script, no address but data', () => {
  expect(html).not.toMatch(/<script|<link|<iframe|@import|url\(/i);
  for (const [, address] of html.matchAll(/\b(?:src|href|srcset|poster|action)\s*=\s*"([^"]*)"/g)) {
    expect(address).toMatch(/^(data:|#)/);
  }
  expect(html).not.toMatch(/https?:/);
});

it('has every figure with its caption, as the SVG it was given', () => {
  const sources = [...html.matchAll(/<img alt="([^"]*)" src="data:image\/svg\+xml;base64,([^"]*)">/g)];
  expect(sources.map(([, alt]) => alt)).toEqual(['Loss']);
  expect(Buffer.from(sources[0]![2]!, 'base64').toString('utf8')).toBe(svg);
  expect(html).toContain('<figcaption>Means per image &amp; epoch.</figcaption>');
});

it('has the reason where there is no figure', () => {
  expect(html).toContain('<b>Random samples</b> No figure. There is no &lt;prior&gt;.');
});

it('says what was run, on what, when and with which settings', () => {
  expect(html).toContain('12,345 training and 678 validation images. Trained for 2 epochs');
  expect(html).toContain('2026-01-02 03:04 UTC &middot; Node v24 &middot; on a &lt;fast&gt; machine');
  const settings = html
    .match(/<h2>Settings<\/h2><pre class="copy">([\s\S]*?)<\/pre>/)![1]!
    .replaceAll('&quot;', '"');
  expect(JSON.parse(settings)).toEqual(content.config);
});

it('shows the kept epoch above, and marks it among all', () => {
  expect(html).toContain('<dt>validation loss</dt><dd>166.73</dd>');
  expect(html).toContain('<dt>epoch kept</dt><dd>1</dd>');
  expect(html).toContain('<tr class="kept"><td>1</td><td>190.12</td><td>184.50</td><td>5.62</td>');
  expect(html).toContain('<td>0.001846</td><td>1.3</td>');
  expect(html.match(/<tr class="kept">/g)).toHaveLength(1);
});

it('lists the layers and counts the parameters', () => {
  expect(html).toContain('encoder.hidden1');
  expect(html).toContain('<td>6,280</td>'); // 784 x 8 + 8
  expect(html).toContain('13,396 parameters: encoder 6,316, decoder 7,080.');
});

it('says how to repeat the run', () => {
  expect(html).toMatch(/<pre class="copy">pnpm app:cli train --recipe [^<]* --seed 7<\/pre>/);
  expect(html).not.toContain('images.npy');
  expect(html).not.toContain('--resume');
  expect(writeReport({ ...content, isFinished: false })).toContain('<code>train --resume</code>');
  const own = { ...content.config, dataset: { name: 'arrays' as const } };
  expect(writeReport({ ...content, config: own })).toContain('--data images.npy');
});

it('says of a figure how to read it, and of the weight of the KL what it did', () => {
  const howToRead = 'Look for <kinks>.';
  const page = writeReport({ ...content, figures: [{ ...figures[0]!, caption: '', svg, howToRead }] });
  expect(page).toContain('<p class="how">Look for &lt;kinks&gt;.</p>');
  expect(html).toContain('At beta 0.5 the KL of 7.46 counts as 3.73: 163.00 + 0.5 x 7.46 = 166.73.');
});

it('has the maps and the evaluation that were made since', () => {
  const metrics = { trustworthiness: 0.8125, labelAccuracy: null };
  const quality = [{ method: 'tsne', metrics, points: 2000 }];
  const page = writeReport({
    ...content,
    projections: { svg, quality },
    evaluation: TINY_EVALUATION,
  });
  expect(page.match(/<img /g)).toHaveLength(2);
  expect(page).toContain('<th>trustworthiness</th>');
  expect(page).toContain('<td class="name">t-SNE</td><td>0.813</td><td>-</td>');
  expect(page).toContain('<p>1 is best in each. Trustworthiness:');
  expect(page).toContain('<p>On the first 6 test images of digits, 2 latent samples each.</p>');
  expect(page).toContain('<h3>By class</h3>');
  const wrong = { ...content, evaluation: { negativeElbo: 101.25 } as never };
  expect(() => writeReport(wrong)).toThrow('writeReport: evaluation: version is missing');
  expect(html).not.toContain('id="maps"');
  expect(html).not.toContain('id="evaluation"');
  checkNesting(page);
});

describe('what the source of a recipe printed', () => {
  const { model, training, figures: wanted } = findRecipe('keras-dense');
  const config = {
    recipe: 'keras-dense',
    dataset: { name: 'mnist' as const },
    model,
    training,
    figures: wanted,
  };
  const page = (changed: object) => writeReport({ ...content, config: { ...config, ...changed } as never });

  it('stands beside what a run of it came to', () => {
    expect(page({})).toContain('<td class="name">loss, epoch 1</td><td>210.17</td><td>190.12</td>');
    expect(page({ training: { ...training, seed: 7 } })).toContain('id="published"');
  });

  it('says nothing of a run that is another one', () => {
    expect(page({ training: { ...training, beta: 1 } })).not.toContain('id="published"');
    expect(page({ dataset: { name: 'digits' } })).not.toContain('id="published"');
    expect(page({ dataset: { name: 'mnist', limit: 100 } })).not.toContain('id="published"');
  });
});

it('says in what a run is not what its recipe says', () => {
  const { model, training } = findRecipe('keras-dense');
  const recipe = { recipe: 'keras-dense', dataset: { name: 'digits' as const }, model, training };
  const told = (config: object) => writeReport({ ...content, config: config as never });
  expect(told(recipe)).not.toContain('So far the recipe');
  const changed = {
    ...{ ...recipe, model: { ...model, latentDim: 3 }, training: { ...training, beta: 1 } },
    objective: { type: 'infoVae', mmd: 9 },
  };
  expect(told(changed)).toContain(
    'So far the recipe; this run has other settings, those of the recipe in brackets: model.latentDim 3 (2), training.beta 1 (0.5), objective.type infoVae (-), objective.mmd 9 (-).</p>',
  );
});

it('leads to its parts, each of which is there once', () => {
  const links = [...html.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id);
  const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  expect(links).toEqual(ids);
  expect(links).toContain('figures');
});

it('folds the rows of many epochs up', () => {
  const many = Array.from({ length: 40 }, (_, i) => ({ ...epoch, epoch: i + 1 }));
  expect(writeReport({ ...content, history: many })).toContain('<summary>All 40 epochs</summary>');
  expect(html).not.toContain('<details>');
});

it('explains eight words at its foot', () => {
  const words = html.slice(html.indexOf('<dl class="words">')).match(/<dt>[^<]*<\/dt>/g);
  expect(words).toHaveLength(8);
});

it('says how to load the model', () => {
  expect(html).toContain('import { loadRun } from &#39;@latentkit/experiment/node&#39;;');
  const there = writeReport({ ...content, importFrom: '../../dist/node.js' });
  expect(there).toContain('import { loadRun } from &#39;../../dist/node.js&#39;;');
  expect(there).not.toContain('npm i');
});

describe('a plain autoencoder', () => {
  const { kl: _, valKl: __, ...plain } = epoch;
  const page = writeReport({ ...content, history: [plain] });

  it('has no KL, neither above nor in the table', () => {
    const numbers = page.slice(0, page.indexOf('<section id="words">'));
    expect(numbers).not.toMatch(/KL|<dt>beta/);
    checkNesting(page);
  });

  it('says what having no prior costs', () => {
    const model = { ...content.config.model, kind: 'autoencoder' as const };
    const config = { ...content.config, model };
    const told = writeReport({ ...content, config, history: [plain] });
    expect(told).toContain(
      'has no prior, and pays for nothing but its reconstruction. So nothing keeps codes',
    );
  });
});

it('escapes names wherever they appear', () => {
  const nasty = `<script>alert("x")</script>&'`;
  const page = writeReport({
    ...content,
    config: { ...content.config, recipe: nasty },
    ending: nasty,
    finishedAt: nasty,
    figures: [{ name: 'samples', title: nasty, caption: nasty, svg }],
    environment: { [nasty]: nasty },
  });
  expect(page).not.toContain('<script');
  checkNesting(page);
});

it('shows the ELBO at beta 1 beside the loss, whatever beta was', () => {
  expect(html).toContain('<dt>ELBO, at beta 1</dt><dd>-170.46</dd>'); // 163 + 7.456
});

it('begins with what the reader must know', () => {
  const note = '2 of 2 dimensions carry <nothing>';
  const page = writeReport({ ...content, figures: [{ ...figures[0]!, caption: '', svg, note }] });
  expect(page).toContain('<p class="note">2 of 2 dimensions carry &lt;nothing&gt;</p>');
  checkNesting(page);
});

it('tells above all what went wrong, and what to try', () => {
  const collapsed = [1, 2, 3, 4, 5].map((number) => ({ ...epoch, epoch: number, valKl: 0.001 }));
  const page = writeReport({ ...content, history: collapsed });
  expect(page).toMatch(
    /<p class="note">After epoch 4: posterior collapse: [^<]+ Try a smaller beta[^<]+<\/p>/,
  );
  expect(html).not.toContain('posterior collapse');
  const objective = { type: 'elbo', capacity: { type: 'linear', from: 0, to: 9 } } as const;
  const { beta: _, ...training } = content.config.training;
  const config = { ...content.config, objective, training: { ...training, epochs: 9 } };
  expect(writeReport({ ...content, config, history: collapsed })).not.toContain('posterior collapse');
});

it('has the columns that only some runs measure, where they do', () => {
  const history = [{ ...epoch, valAveraged: 160.25, gradientNorm: 12.5 }];
  const page = writeReport({ ...content, history });
  for (const cell of ['val averaged', 'gradient norm', '160.25', '12.50']) expect(page).toContain(cell);
  expect(html).not.toContain('gradient norm');
});

it('has a table of the terms', () => {
  const kl = { name: 'kl', title: 'KL divergence', unit: 'nats', per: 'example', weight: 0.5 } as const;
  const page = writeReport({ ...content, terms: [kl, { ...kl, title: 'Other <KL>', weight: 'reported' }] });
  expect(page).toContain('<td class="name">0.5</td><td>5.62</td><td>7.46</td>');
  expect(page).toContain(
    'Other &lt;KL&gt;</td><td class="name">nats</td><td class="name">example</td><td class="name">reported only',
  );
  expect(page).toContain('<th>training</th><th>validation</th>');
  checkNesting(page);
});

it('calls the images that chose the epoch what they are in the table of the terms', () => {
  const kl = { name: 'kl', title: 'KL divergence', unit: 'nats', per: 'example', weight: 1 } as const;
  const page = writeReport({ ...content, choosesByTest: true, terms: [kl] });
  expect(page).toContain('<th>training</th><th>test</th>');
});
