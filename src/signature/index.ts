export type { DigestName } from './asn1/algorithms.js';
export { signDetachedCms, type SignRequest } from './cms/sign.js';
export { type CertificateProfile, type CertificateRequest, type CertifiedKey, certifiedKey, type KeyType, makeCertificate, makeKey, privateKeyPem, type Subject } from './x509/make.js';
export { certificatesOf, pemBlocks, toPem } from './x509/pem.js';
export { type Certificate, readCertificate } from './x509/certificate.js';
