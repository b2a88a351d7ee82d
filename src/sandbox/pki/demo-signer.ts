import type { KeyObject } from 'node:crypto';
import { makeCertificate } from '../../signature/index.js';
import { DEMO_COMPANY } from '../demo-company.js';

const DAY = 86_400_000;

/** A signing certificate with its key and its authority. Nobody outside of the sandbox believes it. */
export interface DemoSigner {
  readonly certificate: Buffer;
  readonly chain: readonly Buffer[];
  readonly privateKey: KeyObject;
}

/** What the demo company signs with, or another one, valid for ten years: as a qualified certificate looks, from an authority that is forgotten with the call. */
export async function demoSigner(now: Date, organization: string = DEMO_COMPANY.name): Promise<DemoSigner> {
  const validity = { notBefore: new Date(now.getTime() - DAY), notAfter: new Date(now.getTime() + 3653 * DAY), keyType: 'ec-p256' } as const;
  const authority = await makeCertificate({ ...validity, profile: 'ca', subject: { country: 'IT', organization: 'Corriere Sandbox', commonName: 'Sandbox Signing CA' } });
  const signer = await makeCertificate({ ...validity, profile: 'signer', subject: { country: 'IT', organization, commonName: 'Firma di prova (sandbox)' }, keyUsage: [1], issuer: authority });
  return { certificate: signer.certificate, chain: [authority.certificate], privateKey: signer.privateKey };
}
