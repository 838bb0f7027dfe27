import { createWorld } from '../support/world.ts';
import { describeRaces } from './races.contract.ts';
import { describeWithdrawalRaces } from './withdrawal-races.contract.ts';

describeRaces('SQLite', async (env) => createWorld({ env }));
describeWithdrawalRaces('SQLite', createWorld);
