import { describe, expect, it } from 'vitest';
import { fromArrays } from '../from-arrays.ts';
import { encodePng } from '../testing/encode-png.ts';
import { fixture, jsonFixture } from '../testing/fixture.ts';
import { errorOf, files, grey, importOf, text } from '../testing/import-of.ts';
import { importFiles } from './import-files.ts';
import { importSets } from './import-sets.ts';

describe('images', () => {
  it('of a ZIP as a person packs it: the bytes of Pillow, classes of folders, and every file accounted for', async () => {
    const expected = jsonFixture<Record<string, number[]>>('pets.json');
    const zip = [{ name: 'pets.zip', bytes: fixture('pets.zip') }];
    const { dataset, report } = await importFiles(zip, { size: 6, channels: 1, validationFraction: 0.3 });
    expect(dataset).toMatchObject({ name: 'arrays', classNames: ['cat', 'dog'] });
    const { train, validation } = dataset;
    expect([train.count, validation.count, train.shape]).toEqual([
      4,
      2,
      { height: 6, width: 6, channels: 1 },
    ]);
    const got = [train, validation].flatMap(({ images, labels, count }) =>
      Array.from({ length: count }, (_, i) => ({
        label: labels![i],
        data: images.subarray(36 * i, 36 * i + 36),
      })),
    );
    for (const [name, pixels] of Object.entries(expected)) {
      const near = got.find(({ data }) => pixels.every((value, i) => Math.abs(value - data[i]!) <= 1));
      expect(near?.label, name).toBe(name.includes('cat') ? 0 : 1);
    }
    expect(report).toMatchObject({
      ...{ source: 'images', kept: 6 },
      classes: [
        { name: 'cat', count: 3 },
        { name: 'dog', count: 3 },
      ],
      skipped: [
        { name: 'pets/__MACOSX/pets/cat/._0.png', why: 'a file of the system' },
        { name: 'pets/pets/.DS_Store', why: 'a file of the system' },
        { name: 'pets/pets/README.txt', why: 'text, and no table of numbers' },
        { name: 'pets/pets/cat/broken.png', why: expect.stringContaining('it is cut off within IDAT') },
      ],
    });
    expect(report.notes).toEqual([
      expect.stringMatching(/^\d of the 6 images have another shape than 6 x 6 and lose .* \(fit: crop\)$/),
      '2 of the 6 images have transparent parts, which are white (background: white)',
    ]);
  });

  it('stand in the order of the code units of their names, whatever order they come in', async () => {
    const contents = {
      'b.png': grey(2),
      'B.png': grey(1),
      'a10.png': grey(10),
      'a9.png': grey(9),
      'ä.png': grey(3),
    };
    const one = await importOf(contents);
    const other = await importFiles(files(contents).reverse());
    expect(other).toEqual(one);
    const { train, validation } = one.dataset;
    const sorted = Uint8Array.from([1, 10, 9, 2, 3].flatMap((value) => [value, value, value, value]));
    expect(one.dataset).toEqual(fromArrays(sorted, train.shape));
    expect(validation.count).toBe(1);
  });

  it('are grey where none has colour, and RGB where one has', async () => {
    const white = encodePng({ width: 1, height: 1, channels: 3, data: [9, 9, 9] });
    const red = encodePng({ width: 1, height: 1, channels: 3, data: [255, 0, 0] });
    const shape = { height: 1, width: 1 };
    const plain = (await importOf({ '1.png': white, '2.png': grey(5, 1) })).dataset;
    expect(plain.train.shape).toEqual({ ...shape, channels: 1 });
    const { dataset } = await importOf({ '1.png': white, '2.png': grey(5, 1), '3.png': red });
    expect(dataset.train.shape).toEqual({ ...shape, channels: 3 });
    const all = [...dataset.train.images, ...dataset.validation.images].sort((a, b) => a - b);
    expect(all).toEqual([0, 0, 5, 5, 5, 9, 9, 9, 255]);
    const asked = (await importOf({ '1.png': white, '2.png': red }, { channels: 1 })).dataset;
    expect([asked.train.images[0], asked.validation.images[0]].sort()).toEqual([76, 9]); // 0.299 x 255
  });

  it('have the parts that their folders are called', async () => {
    const contents = { 'd/train/a/1.png': grey(1), 'd/train/b/1.png': grey(2), 'd/test/a/1.png': grey(3) };
    const { dataset, report } = await importOf(contents);
    expect([dataset.train.count, dataset.test!.images[0], dataset.test!.labels![0]]).toEqual([2, 3, 0]);
    expect(dataset.validation).toBe(dataset.test); // as of MNIST
    expect(report.classes.map(({ count }) => count)).toEqual([2, 1]);
    const held = await importOf(
      { ...contents, 'd/train/a/2.png': grey(4), 'd/train/b/2.png': grey(5) },
      { validationFraction: 0.5 },
    );
    expect([held.dataset.train.count, held.dataset.validation.count, held.dataset.test!.count]).toEqual([
      2, 2, 1,
    ]);
  });

  it('beside folders of classes are left out, with the reason; where most lie in none, folders are no classes', async () => {
    const few = { 'a/1.png': grey(1), 'a/2.png': grey(1), 'b/1.png': grey(2), 'preview.png': grey(9) };
    const { report } = await importOf(few);
    expect(report.skipped).toEqual([
      { name: 'preview.png', why: 'it lies in none of the folders of the classes (a, b)' },
    ]);
    const most = await importOf({
      'a/1.png': grey(1),
      'b/1.png': grey(2),
      '1.png': grey(3),
      '2.png': grey(4),
    });
    expect([most.report.kept, most.report.classes]).toEqual([4, []]);
    expect(most.report.notes[0]).toMatch('2 of the 4 images lie in no folder');
    expect((await importOf(few, { labels: 'none' })).report).toMatchObject({
      kept: 4,
      classes: [],
      notes: [],
    });
  });

  it('of one class have none', async () => {
    const { dataset, report } = await importOf({
      'x/a/1.png': grey(1),
      'x/a/2.png': grey(2),
      'x/3.png': grey(3),
    });
    expect([dataset.classNames, dataset.train.labels]).toEqual([undefined, undefined]);
    expect(report.notes).toEqual(['all folders of images are called a, which is read as no class']);
  });

  it('of other formats go to the decoder, with what their header says; what it throws is why they are left out', async () => {
    const [jpeg, progressive] = jsonFixture<{ jpeg: string[] }>('pictures.json').jpeg.map(
      (file) => new Uint8Array(Buffer.from(file, 'base64')),
    );
    const contents = { 'a.png': jpeg!, 'b.jpg': progressive!, 'c.png': grey(7, 3) }; // endings say nothing
    const headers: unknown[] = [];
    const { dataset, report } = await importOf(contents, {
      size: 1,
      decode(bytes, header) {
        headers.push(header);
        if (bytes === progressive) throw new Error('no such luck');
        return { width: 5, height: 9, channels: 4, data: new Uint8ClampedArray(180).fill(255) }; // turned
      },
    });
    expect(headers).toEqual([1, 2].map(() => ({ width: 9, height: 5, format: 'jpeg' })));
    expect(report.skipped).toEqual([{ name: 'b.jpg', why: 'no such luck' }]);
    expect([dataset.train.images[0], dataset.validation.images[0]].sort()).toEqual([255, 7]);
    const without = await importOf({ 'a.png': jpeg!, 'c.png': grey(7), 'd.png': grey(7) });
    expect(without.report.skipped[0]!.why).toMatch(
      'it is a JPEG image, and nothing is given to decode it (decode)',
    );
    await expect(importOf({ 'b.jpg': jpeg! }, { decode: () => ({}) as never })).rejects.toThrow(
      'b.jpg (it says 9 x 5 pixels, and its decoder gave undefined x undefined)',
    );
  });

  it('too large are refused by their header, before they are decoded', async () => {
    const wide = encodePng({ width: 1, height: 1, data: [0] }, { width: 1_000_000, height: 1 });
    const many = encodePng({ width: 1, height: 1, data: [0] }, { width: 30_000, height: 30_000 });
    const { report } = await importOf({
      'wide.png': wide,
      'many.png': many,
      '1.png': grey(1),
      '2.png': grey(2),
    });
    expect(report.skipped.map(({ why }) => why)).toEqual([
      'it says 30000 x 30000 pixels, more than 67,108,864 pixels and 32,768 a side',
      'it says 1000000 x 1 pixels, more than 67,108,864 pixels and 32,768 a side',
    ]);
  });

  it('have the classes that metadata.csv says, before those of folders', async () => {
    const table = 'file_name,text,label\nx/1.png,a,fish\nx/2.png,b,bird\ny/1.png,c,fish\ny/9.png,d,bird\n';
    const contents = {
      'd/metadata.csv': text(table),
      'd/x/1.png': grey(1),
      'd/x/2.png': grey(2),
      'd/y/1.png': grey(3),
      'd/y/2.png': grey(4),
    };
    const { parts, classNames, report } = await importSets(files(contents));
    expect([
      classNames,
      [...parts.train.labels!],
      [...parts.train.images].filter((_, i) => i % 4 === 0),
    ]).toEqual([
      ['bird', 'fish'],
      [1, 0, 1],
      [1, 2, 3],
    ]);
    expect(report).toMatchObject({
      skipped: [{ name: 'd/y/2.png', why: 'the metadata beside it has no class for it' }],
      notes: [
        "d/metadata.csv: its column 'label' has the classes",
        'd/metadata.csv: 1 of the 4 images that it names are not there',
      ],
    });
    const other = await importSets(files(contents), { labelColumn: 'text' });
    expect(other.classNames).toEqual(['a', 'b', 'c']);
    await expect(importSets(files(contents), { labelColumn: 'kind' })).rejects.toMatchObject({
      code: 'E_UNKNOWN_NAME',
    });
    const unnamed = files({ ...contents, 'd/metadata.csv': text('name,label\n1,2\n') });
    await expect(importSets(unnamed)).rejects.toThrow(
      "d/metadata.csv: expected a column 'file_name', got name, label",
    );
  });

  it('have the classes that metadata.jsonl says, an object of JSON a line', async () => {
    const lines = [
      '{"file_name": "1.png", "label": 7, "boxes": [[0, 1]]}',
      '',
      '{"file_name": "2.png", "label": "cat"}',
    ];
    const contents = { 'd/metadata.jsonl': text(lines.join('\r\n')), 'd/1.png': grey(1), 'd/2.png': grey(2) };
    const { classNames, parts, report } = await importSets(files(contents));
    expect([classNames, [...parts.train.labels!], report.skipped]).toEqual([['7', 'cat'], [0, 1], []]);
    const broken = { ...contents, 'd/metadata.jsonl': text('{"file_name": "1.png"}\n{"file_name": ') };
    await expect(importSets(files(broken))).rejects.toThrow('d/metadata.jsonl: line 2 is no JSON');
    const list = { ...contents, 'd/metadata.jsonl': text('["1.png"]') };
    await expect(importSets(files(list))).rejects.toThrow('line 1: expected an object');
  });

  it('alone are read where they are asked for, and so is a table beside them', async () => {
    const pixels = Array.from({ length: 3 }, (_, row) => [row, 10, 20, 30].join(',')).join('\n');
    const contents = { '1.png': grey(1), '2.png': grey(2), 'table.csv': text(pixels) };
    const images = await importOf(contents, { source: 'images' });
    expect([images.report.source, images.report.skipped]).toEqual([
      'images',
      [{ name: 'table.csv', why: 'a table, where images alone was asked for' }],
    ]);
    const table = await importOf(contents, { source: 'csv' });
    expect([table.report.source, table.report.kept, table.report.skipped.length]).toEqual(['table', 3, 2]);
  });

  it('of several sizes want one', async () => {
    const contents = { '1.png': grey(1), '2.png': grey(1), '3.png': grey(1, 3), '4.png': grey(2, 4) };
    expect(await errorOf(contents)).toMatchObject({
      code: 'E_SHAPE',
      message:
        'importFiles: the images have several sizes: 2 of 2 x 2, 1 of 3 x 3, 1 of 4 x 4. Choose one for all of them (size: 28, --size 28).',
    });
    const { width, height } = (await importOf(contents, { size: { width: 5, height: 3 } })).dataset.train
      .shape;
    expect([width, height]).toEqual([5, 3]);
  });
});
