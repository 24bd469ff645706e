#!/usr/bin/env node
import { runProgram } from '@latentkit/terminal';
import { createProgram } from './program.ts';
import { programName } from './program-name.ts';

await runProgram(await createProgram(process.argv.slice(2)), programName());
