import { SCHEDULE } from './schedule.js';

/** The pauses that deliveries follow; tests bring shorter ones. */
export class RetrySchedule {
  constructor(readonly pauses: readonly number[] = SCHEDULE) {}
}
