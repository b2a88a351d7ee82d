/** What is done with suppliers' files on a thread of its own when they are large: no database, no framework. */
import { movable, Moved } from '../../platform/workers/transfer.js';
import { type OpenedReading, type ReadingTask, readReceived } from './reading.js';
import { type ViewTask, viewReceived } from './view.js';

type Octets = Uint8Array<ArrayBuffer>;
/** Octets cross to a thread without Node's own kind of them. */
const bufferOf = (octets: Octets): Buffer => Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength);

export interface ReadingAnswer extends Pick<OpenedReading, 'reading' | 'faults'> {
  readonly content?: Octets;
}

export function readOnThread({ bytes, ...task }: Omit<ReadingTask, 'bytes'> & { readonly bytes: Octets }): Moved<ReadingAnswer> {
  const { content, ...rest } = readReceived({ ...task, bytes: bufferOf(bytes) });
  const copy = content && movable(content);
  return new Moved({ ...rest, ...(copy && { content: copy }) }, copy ? [copy.buffer] : []);
}

export function viewOnThread({ file, xml, ...task }: Omit<ViewTask, 'file' | 'xml'> & { readonly file: Octets; readonly xml: Octets }): string | undefined {
  return viewReceived({ ...task, file: bufferOf(file), xml: bufferOf(xml) });
}
