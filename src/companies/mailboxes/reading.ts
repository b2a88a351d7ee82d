import { Injectable } from '@nestjs/common';

/** How one folder of a mailbox is read: where it stands, and how it and the ledger compare. */
export interface FolderReading {
  readonly folder: string;
  readonly uidValidity: string;
  /** What arrived before is not ours to read. */
  readonly readSince: Date;
  /** News are read; of what was there when the folder was begun some is still to be taken in. */
  readonly behind: boolean;
  /** When the last whole comparison with the server began. */
  readonly reconciledAt: Date | null;
  /** Somebody asked for another one that has not come to its end. */
  readonly requestedAt: Date | null;
  /** By the last comparison: messages that the server lists, rows whose message is there, copies among them. Null before the first. */
  readonly onServer: number | null;
  readonly inLedger: number | null;
  readonly duplicates: number | null;
  readonly agrees: boolean | null;
  /** UIDs of some of the messages that keep it from agreeing. */
  readonly unsettled: readonly number[];
  /** Rows whose message left the folder, and messages that a comparison found and reading had not, since the folder was begun under this UIDVALIDITY. */
  readonly vanished: number;
  readonly takenLate: number;
}

/** What the inbox knows of a mailbox's reading. */
export interface ReadingSource {
  folders(mailboxId: string): Promise<FolderReading[]>;
  /** Asks for a whole comparison of every folder with the ledger, as soon as the mailbox's lane can. */
  compare(mailboxId: string): Promise<void>;
}

const UNREAD: ReadingSource = { folders: async () => [], compare: async () => undefined };

/** How a mailbox is read. The inbox reads; it says here how to ask it, because arrows point from it to this room. */
@Injectable()
export class MailboxReading {
  #source = UNREAD;

  tellWith(source: ReadingSource): void {
    this.#source = source;
  }

  folders(mailboxId: string): Promise<FolderReading[]> {
    return this.#source.folders(mailboxId);
  }

  compare(mailboxId: string): Promise<void> {
    return this.#source.compare(mailboxId);
  }
}
