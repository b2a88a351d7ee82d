import { sha256Hex } from '../../evidence/evidence-store.js';
import type { FormatoTrasmissione } from '../../fatturapa/types.js';
import type { OpenedReading, ReceivedReading } from '../reading/reading.js';
import type { PreparedDelivery, ReceivedDelivery, Stored } from './delivery.js';
import { findingsBetween } from './delivery-findings.js';

const MEDIA_TYPES = { xml: 'application/xml', 'xml.p7m': 'application/pkcs7-mime' } as const;
const UNKNOWN_TYPE = 'application/octet-stream';

const stored = (bytes: Buffer, mediaType: string): Stored => ({ sha256: sha256Hex(bytes), mediaType, bytes });

/** The name under which the file is known: MT's, as SdI received it. */
export const fileNameOf = ({ message, invoiceFile }: ReceivedDelivery): string => message?.nomeFile || invoiceFile?.name || '';

function formatoOf(reading: ReceivedReading | undefined): FormatoTrasmissione | undefined {
  return reading?.head?.formatoTrasmissione;
}

/** A delivery and the reading of its file, as they are written down. */
export function prepared(delivery: ReceivedDelivery, opened: OpenedReading | undefined): PreparedDelivery {
  const { message, messageFile, invoiceFile, hashMatches } = delivery;
  const reading = opened?.reading;
  const file = invoiceFile && stored(invoiceFile.content, (reading?.extension && opened?.content !== undefined && MEDIA_TYPES[reading.extension]) || UNKNOWN_TYPE);
  const content = opened?.content;
  const xml = file && content && (content.equals(file.bytes) ? file : stored(content, MEDIA_TYPES.xml));
  return {
    fileName: fileNameOf(delivery),
    findings: findingsBetween(delivery, formatoOf(reading)),
    ...(message && { message }),
    ...(messageFile && { metadata: stored(messageFile.content, MEDIA_TYPES.xml) }),
    ...(file && { file }),
    ...(xml && { xml }),
    ...(hashMatches !== undefined && { hashMatches }),
    ...(reading && { reading }),
  };
}
