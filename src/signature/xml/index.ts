export { signSdiXades, type XadesSignRequest } from './sign.js';
export { attributeOf, childElements, parseXml, textOf, type XmlDocument, type XmlElement, type XmlParsing } from './tree.js';
export { verifySdiXades, verifySdiXadesTree, type XadesTrust, type XadesVerdict } from './verify.js';
