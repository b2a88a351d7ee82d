import { SCHEDULE } from './schedule.js';

/** The times that deliveries follow; tests bring shorter ones. */
export class DeliveryTimes {
  constructor(
    /** Pauses before the attempts, in milliseconds. */
    readonly pauses: readonly number[] = SCHEDULE,
    /**
     * How long a claim protects a delivery, in milliseconds; it is renewed every third of this while the request is under way. So a killed worker's deliveries are
     * taken over after this time, however long a receiver may take to answer.
     */
    readonly claimMs: number = 12_000,
  ) {}
}
