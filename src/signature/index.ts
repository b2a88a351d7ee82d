export type { DigestName } from './asn1/algorithms.js';
export { type CmsForm, extractCms, type ExtractLimits, type Extraction } from './cms/extract.js';
export { signDetachedCms, type SignRequest } from './cms/sign.js';
export { type CmsSigner, type CmsTrust, type CmsVerdict, type CmsVerdictKind, verifyDetachedCms } from './cms/verify.js';
export { SIGNATURE_REASONS, type SignatureReason, type SignatureReasonCode } from './reasons.js';
export { type Certificate, readCertificate } from './x509/certificate.js';
export { type ChainAnswer, type ChainQuestion, findChain } from './x509/chain.js';
export { type CertificateProfile, type CertificateRequest, type CertifiedKey, certifiedKey, type KeyType, makeCertificate, makeKey, privateKeyPem, type Subject } from './x509/make.js';
export { certificatesOf, pemBlocks, toPem } from './x509/pem.js';
