/** A signature with everything that XML Signature has, well-formed and valid; mutations take it apart. */
const DS = 'http://www.w3.org/2000/09/xmldsig#';

const REFERENCES = `<ds:Reference Id="r1" URI=""><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/><ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath>not(ancestor-or-self::ds:Signature)</ds:XPath></ds:Transform><ds:Transform Algorithm="http://www.w3.org/2002/06/xmldsig-filter2"><dsig2:XPath xmlns:dsig2="http://www.w3.org/2002/06/xmldsig-filter2" Filter="subtract">/descendant::ds:Signature</dsig2:XPath></ds:Transform></ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>z1EJ+8Nq8H5o4cF1mQ0b2G6vWmY0m1mY5b6k7l8m9n0=</ds:DigestValue></ds:Reference><ds:Reference Type="http://uri.etsi.org/01903#SignedProperties" URI="#sp"><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>AAAA</ds:DigestValue></ds:Reference>`;

const KEYS = [
  '<ds:KeyInfo Id="k1"><ds:X509Data><ds:X509Certificate>MIIB\nAAAA</ds:X509Certificate></ds:X509Data></ds:KeyInfo>',
  '<ds:KeyInfo><ds:KeyName>name</ds:KeyName><ds:KeyValue><ds:RSAKeyValue><ds:Modulus>AAAA</ds:Modulus><ds:Exponent>AQAB</ds:Exponent></ds:RSAKeyValue></ds:KeyValue><ds:MgmtData>x</ds:MgmtData></ds:KeyInfo>',
  '<ds:KeyInfo><ds:KeyValue><ds:DSAKeyValue><ds:P>AAAA</ds:P><ds:Q>AAAA</ds:Q><ds:G>AAAA</ds:G><ds:Y>AAAA</ds:Y><ds:J>AAAA</ds:J><ds:Seed>AAAA</ds:Seed><ds:PgenCounter>AAAA</ds:PgenCounter></ds:DSAKeyValue></ds:KeyValue></ds:KeyInfo>',
  '<ds:KeyInfo><ds:X509Data><ds:X509IssuerSerial><ds:X509IssuerName>CN=a</ds:X509IssuerName><ds:X509SerialNumber>12345678901234567890</ds:X509SerialNumber></ds:X509IssuerSerial><ds:X509SKI>AAAA</ds:X509SKI><ds:X509SubjectName>CN=b</ds:X509SubjectName><ds:X509CRL>AAAA</ds:X509CRL><x:any xmlns:x="urn:x"/></ds:X509Data><ds:RetrievalMethod URI="#x" Type="urn:t"><ds:Transforms><ds:Transform Algorithm="urn:a">text</ds:Transform></ds:Transforms></ds:RetrievalMethod></ds:KeyInfo>',
  '<ds:KeyInfo>text<ds:PGPData><ds:PGPKeyID>AAAA</ds:PGPKeyID><ds:PGPKeyPacket>AAAA</ds:PGPKeyPacket></ds:PGPData><ds:SPKIData><ds:SPKISexp>AAAA</ds:SPKISexp></ds:SPKIData><x:any xmlns:x="urn:x" a="b">t<ds:KeyName>n</ds:KeyName></x:any></ds:KeyInfo>',
  '',
];

const OBJECTS = [
  '<ds:Object Id="o1" MimeType="text/xml" Encoding="http://www.w3.org/2000/09/xmldsig#base64"><xades:QualifyingProperties xmlns:xades="http://uri.etsi.org/01903/v1.3.2#" Target="#s1"><xades:SignedProperties Id="sp"><xades:SignedSignatureProperties><xades:SigningTime>2026-01-31T10:00:00Z</xades:SigningTime><xades:SigningCertificate><xades:Cert><xades:CertDigest><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>AAAA</ds:DigestValue></xades:CertDigest><xades:IssuerSerial><ds:X509IssuerName>CN=a</ds:X509IssuerName><ds:X509SerialNumber>1</ds:X509SerialNumber></xades:IssuerSerial></xades:Cert></xades:SigningCertificate></xades:SignedSignatureProperties></xades:SignedProperties></xades:QualifyingProperties></ds:Object>',
  `<ds:Object><ds:Manifest Id="m1">${'<ds:Reference><ds:DigestMethod Algorithm="urn:a">t</ds:DigestMethod><ds:DigestValue>AAAA</ds:DigestValue></ds:Reference>'}</ds:Manifest></ds:Object>`,
  '<ds:Object>text<ds:SignatureProperties><ds:SignatureProperty Target="#s1" Id="p1">t<x:y xmlns:x="urn:x"/></ds:SignatureProperty></ds:SignatureProperties><any a="b"><thing/></any></ds:Object>',
  '',
];

const METHODS = [
  '<ds:CanonicalizationMethod Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"/><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>',
  '<ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"><ec:InclusiveNamespaces xmlns:ec="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="ds"/>text</ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="http://www.w3.org/2000/09/xmldsig#hmac-sha1"><ds:HMACOutputLength>128</ds:HMACOutputLength></ds:SignatureMethod>',
];

/** Every combination of its parts, by number. */
export function signature(which: number): string {
  const part = (list: readonly string[], divisor: number): string => list[Math.floor(which / divisor) % list.length] ?? '';
  return `<ds:Signature xmlns:ds="${DS}" Id="s1"><ds:SignedInfo Id="i1">${part(METHODS, 1)}${REFERENCES}</ds:SignedInfo><ds:SignatureValue Id="v1">AAAA\nAAAA</ds:SignatureValue>${part(KEYS, 2)}${part(OBJECTS, 12)}</ds:Signature>`;
}
export const SIGNATURES = METHODS.length * KEYS.length * OBJECTS.length;
