import { expect, test } from 'vitest';
import { anomaliesCommand, reportCommand } from './commands.ts';

test('names that a shell would read otherwise are quoted', () => {
  expect(anomaliesCommand('a run', "it's", { score: 'elbo', share: 0.01 })).toBe(
    `latentkit anomalies 'a run' 'it'\\''s' --score elbo --false-alarms 0.01`,
  );
  expect(reportCommand('20261129-tour')).toBe('latentkit report 20261129-tour');
});
