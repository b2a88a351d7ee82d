import { jobsContract } from '../../../test/support/jobs-contract.js';

jobsContract('jobs on PostgreSQL', ({ url }) => ({ kind: 'postgres', url }));
