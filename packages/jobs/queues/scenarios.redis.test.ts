import { SERVERS } from '../src/testing/servers.ts';
import { describeScenarios } from './describe-scenarios.ts';

describeScenarios(SERVERS.find(({ name }) => name === 'Redis')!);
