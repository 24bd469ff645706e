import { expect, test } from 'vitest';
import { anomaliesCommand, evaluateCommand } from './commands.ts';

test('names that a shell would read otherwise are quoted', () => {
  expect(anomaliesCommand('a run', "it's", { score: 'elbo', share: 0.01 })).toBe(
    `latentkit anomalies 'a run' 'it'\\''s' --score elbo --false-alarms 0.01`,
  );
  expect(evaluateCommand('20261129-tour')).toMatch(/^latentkit evaluate 20261129-tour --metrics /);
});
