import type { PecMessage } from '../../../pec/types.js';
import type { SdiMessage } from '../../../sdi/index.js';

/**
 * What makes an event one and the same, however often it is told, as its message states it: of a receipt the provider's id, the recipient and the instant; of a notification SdI's ids
 * and the document (sdi.md 5.4), with the hash of what the provider signed where SdI gave no MessageId.
 */
export function provenKey({ daticert, signedPartSha256 }: PecMessage, sdi: SdiMessage | undefined): string | undefined {
  if (!sdi) return daticert && [daticert.tipo, daticert.identificativo, daticert.consegna?.toLowerCase() ?? '', daticert.instant.toISOString()].join(':');
  const { riferimentoFattura: reference } = sdi;
  const about = reference ? [reference.numeroFattura, reference.annoFattura, reference.posizioneFattura ?? ''].join('/') : '';
  return ['sdi', sdi.family, sdi.code, sdi.identificativoSdi, sdi.messageId ?? signedPartSha256 ?? '', about].join(':');
}
