import { parseCsv } from '@latentkit/formats';
import { expect, it } from 'vitest';
import { metricsCsv } from './metrics-csv.ts';

const row = (epoch: number, beta: number) => ({
  ...{ epoch, loss: 2.5, reconstruction: 2, kl: 0.5, valLoss: 3, valReconstruction: 2.25, valKl: 0.75 },
  ...{ learningRate: 1e-7, beta, seconds: 0.5, valTarget: 4 },
});

it('counts epochs from 0, and has the validation beside each column', () => {
  expect(metricsCsv([row(1, 0.5), row(2, 1)])).toBe(
    [
      'epoch,loss,val_loss,reconstruction,val_reconstruction,kl,val_kl,learning_rate,beta,seconds,val_target',
      '0,2.5,3,2,2.25,0.5,0.75,1e-7,0.5,0.5,4',
      '1,2.5,3,2,2.25,0.5,0.75,1e-7,1,0.5,4',
      '',
    ].join('\n'),
  );
});

it('goes on where it stopped: the parts are the whole', () => {
  const history = [row(1, 0.5), row(2, 0.75), row(3, 1)];
  const parts = [history.slice(0, 1), history].map((rows, from) => metricsCsv(rows, { from }));
  expect(parts.join('')).toBe(metricsCsv(history));
  expect(metricsCsv([])).toBe('');
});

it('reads back as the numbers they are', () => {
  const { columns, data } = parseCsv(metricsCsv([row(1, 0.1 + 0.2)]), { header: true });
  expect(data[columns!.indexOf('beta')]).toBe(0.1 + 0.2);
});

it('has a column that only some rows have, with empty cells in the others', () => {
  const { valTarget: _, ...first } = row(1, 1);
  expect(metricsCsv([first, row(2, 1)]).split('\n')).toEqual([
    'epoch,loss,val_loss,reconstruction,val_reconstruction,kl,val_kl,learning_rate,beta,seconds,val_target',
    '0,2.5,3,2,2.25,0.5,0.75,1e-7,1,0.5,',
    '1,2.5,3,2,2.25,0.5,0.75,1e-7,1,0.5,4',
    '',
  ]);
});
