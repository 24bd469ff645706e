// One file for both: each worker is bundled apart and shares nothing with the other, so two entries would be all of this twice.
import { serveLine } from './line.ts';
import { createLook } from './look.ts';
import type { LabEvent, LookEvent } from './messages.ts';
import { createTraining } from './training.ts';

if (self.name === 'lab') {
  const { serve, tell } = serveLine<LabEvent>();
  serve(createTraining(tell));
} else {
  const { serve, tell } = serveLine<LookEvent>();
  serve(createLook(tell));
}
