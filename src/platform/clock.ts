/** The one source of "now" for everything that decides: production uses the system clock, tests and simulations their own. */
export abstract class Clock {
  abstract now(): Date;
}

export class SystemClock extends Clock {
  override now(): Date {
    return new Date();
  }
}

/** A clock that moves only when told to. */
export class ManualClock extends Clock {
  #now: number;
  constructor(start: Date | string) {
    super();
    this.#now = new Date(start).getTime();
  }
  override now(): Date {
    return new Date(this.#now);
  }
  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }
}
