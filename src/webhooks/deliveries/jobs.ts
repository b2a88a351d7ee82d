import { defineJob } from '../../platform/jobs/jobs.js';

/** Wakes the lane of an endpoint on some worker: something became due. */
export const DeliverDue = defineJob<{ endpointId: string }>('webhooks.deliver-due', 'deliveries');
