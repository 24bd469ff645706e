import { runProgram } from '@latentkit/terminal';
import { benchCommand, PROGRAM } from './bench-command.ts';

await runProgram(benchCommand(), PROGRAM);
