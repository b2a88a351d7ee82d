import { defineJob } from '../../src/platform/jobs/jobs.js';

/** The job of the contract suite whose first worker, a process of its own, is killed in the middle of it. */
export const Stuck = defineJob<{ id: string }>('contract.stuck');
