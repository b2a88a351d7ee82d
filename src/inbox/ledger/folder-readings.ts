import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type FolderReading, MailboxReading } from '../../companies/mailboxes/reading.js';
import { Clock } from '../../platform/index.js';
import { type FolderState, Reconciliations } from './reconciliations.js';

/** Tells whoever shows a mailbox how its folders are read. */
@Injectable()
export class FolderReadings implements OnModuleInit {
  constructor(
    private readonly reconciliations: Reconciliations,
    private readonly reading: MailboxReading,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.reading.tellWith({
      folders: async (mailboxId) => (await this.reconciliations.folders(mailboxId)).map(readingOf),
      compare: (mailboxId) => this.reconciliations.request(mailboxId, this.clock.now()),
    });
  }
}

function readingOf({ folder, uidValidity, readSince, reconciledAt, requestedAt, vanished, takenLate, last }: FolderState): FolderReading {
  return {
    folder,
    uidValidity,
    readSince,
    behind: reconciledAt === null,
    reconciledAt,
    requestedAt,
    onServer: last?.onServer ?? null,
    inLedger: last?.inLedger ?? null,
    duplicates: last?.duplicates ?? null,
    agrees: last?.agrees ?? null,
    unsettled: last?.unsettled ?? [],
    vanished,
    takenLate,
  };
}
