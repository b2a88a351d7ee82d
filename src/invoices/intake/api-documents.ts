import { INVOICE_SCHEMA, openApiSchemas } from '../../fatturapa/json/schema/index.js';
import type { OpenAPIObject } from '../../platform/http/api-docs.js';
import { JSON_CONTENT_TYPE, RAW_CONTENT_TYPES, ZIP_CONTENT_TYPES } from './upload.js';

const PATHS = ['/v1/invoices', '/v1/invoices/validate'];
const BINARY = { schema: { type: 'string', format: 'binary' } };
const FORM = { schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' }, fileName: { type: 'string' } }, required: ['file'] } };

/** Describes what the two doors for documents take, each media type by itself, and the JSON form element by element. */
export function describeDocuments(document: OpenAPIObject): OpenAPIObject {
  const schemas = { ...document.components?.schemas, ...openApiSchemas() } as NonNullable<OpenAPIObject['components']>['schemas'];
  const paths = { ...document.paths };
  for (const path of PATHS) {
    const item = paths[path];
    if (!item?.post) continue;
    const binary = path === '/v1/invoices' ? [...RAW_CONTENT_TYPES, ...ZIP_CONTENT_TYPES] : RAW_CONTENT_TYPES;
    const content = {
      ...Object.fromEntries(binary.map((type) => [type, BINARY])),
      'multipart/form-data': FORM,
      [JSON_CONTENT_TYPE]: { schema: { $ref: `#/components/schemas/${INVOICE_SCHEMA}` } },
    };
    paths[path] = { ...item, post: { ...item.post, requestBody: { required: true, content } } };
  }
  return { ...document, paths, components: { ...document.components, ...(schemas && { schemas }) } };
}
