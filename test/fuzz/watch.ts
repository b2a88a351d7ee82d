import { Worker } from 'node:worker_threads';

const STUCK_MS = 20_000;

/** Ends the process when the work stands still: a loop without end can only be seen from another thread. Write the number of what is at work into the first place. */
export function watchForStandstill(): Int32Array {
  const ticks = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(
    `const { workerData: ticks } = require('node:worker_threads');
     let last = -1;
     setInterval(() => {
       if (ticks[0] === last) { require('node:fs').writeSync(2, 'number ' + last + ' of the work never ends\\n'); process.kill(process.pid, 'SIGKILL'); }
       last = ticks[0];
     }, ${STUCK_MS});`,
    { eval: true, workerData: ticks },
  );
  worker.unref();
  return ticks;
}
