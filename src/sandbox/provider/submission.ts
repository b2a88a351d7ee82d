import { addresses, decodeText, fieldValue, fieldsNamed, headerLine, type RawField, splitMessage } from '../mime/header.js';
import { TIPI_RICEVUTA, type TipoRicevuta } from './daticert.js';

/** A message as a client handed it over, with what the access point reads from its headers. */
export interface Original {
  readonly fields: readonly RawField[];
  readonly body: Buffer;
  /** Decoded. */
  readonly subject: string;
  /** As written, with angle brackets. */
  readonly messageId?: string;
  readonly replyTo?: string;
  readonly tipoRicevuta: TipoRicevuta;
  /** True when the sender asked for that kind of receipt himself. */
  readonly tipoRicevutaAsked: boolean;
  /** Addresses in `Cc`, lower case: they get a short receipt whatever was asked (pec.md 1.3). */
  readonly copies: ReadonlySet<string>;
}

export function readOriginal(raw: Buffer): Original {
  const { fields, body } = splitMessage(raw);
  const asked = fieldValue(fields, 'X-TipoRicevuta')?.toLowerCase();
  const tipo = TIPI_RICEVUTA.find((each) => each === asked);
  const messageId = fieldValue(fields, 'Message-ID');
  const replyTo = addresses(fieldValue(fields, 'Reply-To') ?? '')?.[0];
  return {
    fields,
    body,
    subject: decodeText(fieldValue(fields, 'Subject') ?? ''),
    ...(messageId ? { messageId } : {}),
    ...(replyTo ? { replyTo } : {}),
    tipoRicevuta: tipo ?? 'completa',
    tipoRicevutaAsked: tipo !== undefined,
    copies: new Set((addresses(fieldValue(fields, 'Cc') ?? '') ?? []).map((address) => address.toLowerCase())),
  };
}

/**
 * The original as it travels on (pec.md 1.5): the provider's identifier in place of the client's Message-ID, which moves to `X-Riferimento-Message-ID`.
 * Everything else keeps its octets; bare line feeds become line ends.
 */
export function rewriteMessageId(original: Original, identificativo: string, received: string): Buffer {
  const kept = original.fields.filter(({ name }) => !/^(message-id|x-riferimento-message-id|bcc|return-path)$/i.test(name));
  const head =
    received +
    kept.map(({ raw }) => raw).join('') +
    headerLine('Message-ID', `<${identificativo}>`) +
    (original.messageId ? headerLine('X-Riferimento-Message-ID', original.messageId) : '');
  return Buffer.concat([Buffer.from(`${head}\r\n`, 'latin1'), withLineEnds(original.body)]);
}

/** The headers that an envelope takes over from the original unchanged (pec.md 1.4). */
export function inheritedHeaders(original: Original): string {
  return ['Received', 'To', 'Cc'].flatMap((name) => fieldsNamed(original.fields, name).map(({ raw }) => raw)).join('');
}

function withLineEnds(body: Buffer): Buffer {
  const text = body.toString('latin1');
  return /(^|[^\r])\n/.test(text) ? Buffer.from(text.replace(/\r?\n/g, '\r\n'), 'latin1') : body;
}
