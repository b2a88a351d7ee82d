export { signSdiXades, type XadesSignRequest } from './sign.js';
export { attributeOf, childElements, parseXml, textOf, type XmlDocument, type XmlElement, type XmlParsing } from './tree.js';
export { INTEGRITY_ONLY, verifySdiXades, verifySdiXadesTree, type XadesVerdict } from './verify.js';
