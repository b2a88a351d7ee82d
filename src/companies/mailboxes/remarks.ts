import type { Text } from '../../platform/http/problem.js';
import type { FolderReading } from './reading.js';
import type { SdiAddressSighting } from './sdi-addresses.js';

/** Something about a mailbox that a person should look at. */
export interface MailboxRemark {
  readonly code: 'ledger-disagrees' | 'sdi-writes-elsewhere' | 'sdi-announces-elsewhere';
  readonly text: Text;
}

/** What is odd about a mailbox, in words. */
export function remarksOf(sdiAddress: string, folders: readonly FolderReading[], sightings: readonly SdiAddressSighting[]): MailboxRemark[] {
  return [
    ...folders.filter(({ agrees }) => agrees === false).map(disagreement),
    ...sightings.filter(({ settled }) => settled === null).map((sighting) => elsewhere(sdiAddress, sighting)),
  ];
}

function disagreement({ folder, onServer, inLedger, unsettled }: FolderReading): MailboxRemark {
  const uids = unsettled.join(', ');
  return {
    code: 'ledger-disagrees',
    text: {
      it: `Cartella ${folder}: il server elenca ${onServer ?? 0} messaggi e il registro ne ha ${inLedger ?? 0}, anche dopo un secondo controllo.${uids === '' ? '' : ` Il server elenca ma non consegna gli UID ${uids}.`} Aprirli dalla webmail; se la differenza resta, chiedere al gestore.`,
      en: `Folder ${folder}: the server lists ${onServer ?? 0} messages and the ledger has ${inLedger ?? 0}, also after a second look.${uids === '' ? '' : ` The server lists and does not give the UIDs ${uids}.`} Open them in the webmail; if the difference stays, ask the provider.`,
    },
  };
}

function elsewhere(sdiAddress: string, { address, how }: SdiAddressSighting): MailboxRemark {
  if (how === 'sender') {
    return {
      code: 'sdi-writes-elsewhere',
      text: {
        it: `Lo SdI scrive da ${address}; in uso è ${sdiAddress}, e nessun messaggio verificato annuncia il cambio: confermare il nuovo indirizzo o lasciare quello in uso.`,
        en: `SdI writes from ${address}; ${sdiAddress} is in force, and no verified message announces a change: confirm the new address or leave the one in force.`,
      },
    };
  }
  return {
    code: 'sdi-announces-elsewhere',
    text: {
      it: `Un messaggio verificato dello SdI annuncia ${address}, ma non viene da lì; in uso è ${sdiAddress}: confermare il nuovo indirizzo o lasciare quello in uso.`,
      en: `A verified message of SdI announces ${address} and does not come from there; ${sdiAddress} is in force: confirm the new address or leave the one in force.`,
    },
  };
}
