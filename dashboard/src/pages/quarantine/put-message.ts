import type { QueryClient } from '@tanstack/react-query';
import { keys } from '../../api/keys.js';
import type { MessageDetail } from '../../api/types.js';

/** What an act answered takes the message's place; what lists or counts messages, and the invoice that it was attached to, are read again. */
export async function putMessage(client: QueryClient, messageId: string, fresh: MessageDetail | undefined): Promise<void> {
  if (fresh?.actions) client.setQueryData(keys.message(messageId), fresh);
  else await client.invalidateQueries({ queryKey: keys.message(messageId) });
  await Promise.all([
    client.invalidateQueries({ queryKey: keys.allMessages }),
    client.invalidateQueries({ queryKey: keys.held }),
    ...(fresh?.invoiceId ? [client.invalidateQueries({ queryKey: keys.invoice(fresh.invoiceId) })] : []),
  ]);
}
