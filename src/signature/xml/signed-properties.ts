import { createHash } from 'node:crypto';
import { XML_DIGESTS } from './algorithms.js';
import { dateTimeOf } from './date-time.js';
import { XADES } from './names.js';
import { base64Of, isDs } from './references.js';
import { attributeOf, childElements, textOf, type XmlElement } from './tree.js';

const isXades = (element: XmlElement | undefined, local: string): element is XmlElement => element?.namespace === XADES && element.local === local;
const xadesChildren = (element: XmlElement | undefined, local: string): XmlElement[] => (element ? childElements(element).filter((child) => isXades(child, local)) : []);

export type SignedPropertiesFound = { readonly element?: XmlElement } | { readonly fault: 'unreadable' | 'wrapped' };

/** The one SignedProperties of a signature, where XAdES has it (ETSI EN 319 132-1, 4.3 to 4.4), bound to this very signature by its Target. */
export function signedPropertiesOf(signature: XmlElement): SignedPropertiesFound {
  const qualifying = childElements(signature)
    .filter((child) => isDs(child, 'Object'))
    .flatMap((object) => xadesChildren(object, 'QualifyingProperties'));
  const [only, ...others] = qualifying;
  if (!only) return {};
  const [element, ...more] = xadesChildren(only, 'SignedProperties');
  if (others.length > 0 || more.length > 0) return { fault: 'unreadable' };
  const id = attributeOf(signature, 'Id');
  if (id === undefined || attributeOf(only, 'Target') !== `#${id}`) return { fault: 'wrapped' };
  return element ? { element } : {};
}

export interface SignedStatements {
  readonly signingTime?: Date;
  /** Of the signer's certificate as SigningCertificate or SigningCertificateV2 state it. */
  readonly certificates: readonly { readonly digestUri: string; readonly value: Buffer }[];
}

export function statementsOf(properties: XmlElement): SignedStatements {
  const [signature] = xadesChildren(properties, 'SignedSignatureProperties');
  const times = xadesChildren(signature, 'SigningTime');
  const signingTime = times.length === 1 && times[0] ? dateTimeOf(textOf(times[0])) : undefined;
  // The first Cert is the signer's own.
  const certificates = ['SigningCertificate', 'SigningCertificateV2'].flatMap((name) =>
    xadesChildren(signature, name).map((stated) => {
      const [cert] = xadesChildren(stated, 'Cert');
      const [digest] = xadesChildren(cert, 'CertDigest');
      const [method, value] = digest ? childElements(digest) : [];
      return { digestUri: isDs(method, 'DigestMethod') ? (attributeOf(method, 'Algorithm') ?? '') : '', value: isDs(value, 'DigestValue') ? base64Of(value) : Buffer.alloc(0) };
    }),
  );
  return { ...(signingTime ? { signingTime } : {}), certificates };
}

export function namesCertificate({ certificates }: SignedStatements, der: Buffer): 'matches' | 'differs' | 'absent' {
  if (certificates.length === 0) return 'absent';
  const names = certificates.every(({ digestUri, value }) => {
    const digest = XML_DIGESTS.get(digestUri);
    return digest !== undefined && createHash(digest).update(der).digest().equals(value);
  });
  return names ? 'matches' : 'differs';
}
