import { Injectable } from '@nestjs/common';

/** The bell between who adds work and who does it, within one process. */
@Injectable()
export class Wake {
  #listener: () => void = () => undefined;

  onRing(listener: () => void): void {
    this.#listener = listener;
  }

  now(): void {
    this.#listener();
  }
}
