import { LIMITS } from '../limits.js';
import { type Headers, readHeaders } from './header.js';
import { splitMultipart } from './multipart.js';
import { type Parameterised, readParameterised, safeName } from './parameters.js';
import { decodeTransfer } from './transfer.js';

/** One MIME entity: its header and the exact octets of its body, a view into the message. */
export interface Entity {
  readonly headers: Headers;
  readonly contentType: Parameterised;
  /** From Content-Disposition's filename, else Content-Type's name; decoded, without harmful characters. */
  readonly name?: string;
  readonly disposition: string;
  readonly body: Buffer;
  /** The header block was read to its end. */
  readonly complete: boolean;
}

/** Reads the entity that fills `octets`. */
export function readEntity(octets: Buffer): Entity {
  const { headers, bodyStart, complete } = readHeaders(octets);
  const contentType = readParameterised(headers.first('content-type') ?? 'text/plain');
  const disposition = readParameterised(headers.first('content-disposition') ?? '');
  const name = disposition.parameters.get('filename') ?? contentType.parameters.get('name');
  return { headers, contentType, ...(name === undefined ? {} : { name: safeName(name) }), disposition: disposition.value, body: octets.subarray(bodyStart), complete };
}

export const isMultipart = (entity: Entity): boolean => entity.contentType.value.startsWith('multipart/');

export interface Children {
  /** Exact octets of each part, header included: views into the parent. */
  readonly parts: readonly Buffer[];
  /** The closing delimiter was there. */
  readonly closed: boolean;
  /** There were no more parts than `limit`, and the boundary is one. */
  readonly complete: boolean;
}

const NO_CHILDREN: Children = { parts: [], closed: false, complete: false };

/** The direct parts of a multipart; none when it has no usable boundary. */
export function childrenOf(entity: Entity, limit: number = LIMITS.parts): Children {
  const boundary = entity.contentType.parameters.get('boundary');
  if (!isMultipart(entity) || !boundary || boundary.length > LIMITS.boundaryLength || entity.contentType.repeated.includes('boundary')) return NO_CHILDREN;
  return splitMultipart(entity.body, boundary, limit);
}

/** The decoded octets of a leaf. */
export const decodedBody = (entity: Entity): Buffer => decodeTransfer(entity.body, entity.headers.first('content-transfer-encoding'));
