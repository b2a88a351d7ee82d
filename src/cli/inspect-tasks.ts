/** What is done with files, on a thread of its own or on the only one. */
import { type Inspection, inspectFile, type InspectTarget, type InspectTrust, refused } from './inspect-file.js';

export interface InspectTask {
  readonly targets: readonly InspectTarget[];
  readonly trust: InspectTrust;
}

export async function inspectFiles({ targets, trust }: InspectTask): Promise<Inspection[]> {
  const sdi = trust.sdi.map((certificate) => Buffer.from(certificate));
  const anchors = trust.pec.anchors.map((certificate) => (typeof certificate === 'string' ? certificate : Buffer.from(certificate)));
  const inspections: Inspection[] = [];
  // A fault of ours refuses the one file that it met.
  for (const target of targets) inspections.push(await inspectFile(target, { pec: { ...trust.pec, anchors }, sdi }).catch(() => refused(target.label, 'file-failed')));
  return inspections;
}
