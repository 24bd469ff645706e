// One file for all: each worker is bundled apart and shares nothing with the others, so more entries would be all of this as often.
import type { EvaluateCalls, EvaluateEvent } from './evaluate-messages.ts';
import { serveLine } from './line.ts';
import { createLook } from './look.ts';
import type { ProjectCalls, ProjectEvent } from './map-messages.ts';
import type { LabEvent, LookEvent } from './messages.ts';
import { createTraining } from './training.ts';

if (self.name === 'lab') {
  const { serve, tell } = serveLine<LabEvent>();
  serve(createTraining(tell));
} else if (self.name === 'map') {
  const { serve, tell } = serveLine<ProjectEvent>();
  // Asked for at once: what comes later would miss the first question.
  const calls: ProjectCalls = {
    project: async (input) => (await import('./projecting.ts')).project(input, tell),
  };
  serve(calls);
} else if (self.name === 'evaluate') {
  const { serve, tell } = serveLine<EvaluateEvent>();
  const opened = import('./evaluating.ts').then(({ createEvaluating }) => createEvaluating(tell));
  const calls: EvaluateCalls = {
    open: async (input) => (await opened).open(input),
    measure: async (input) => (await opened).measure(input),
    byError: async (input) => (await opened).byError(input),
    findOdd: async (input) => (await opened).findOdd(input),
    explainOdd: async (input) => (await opened).explainOdd(input),
  };
  serve(calls);
} else {
  const { serve, tell } = serveLine<LookEvent>();
  serve(createLook(tell));
}
