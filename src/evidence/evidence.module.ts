import { Global, Module } from '@nestjs/common';
import { EvidenceStore } from './evidence-store.js';

/** The content-addressed store, open to every room that keeps bytes. */
@Global()
@Module({ providers: [EvidenceStore], exports: [EvidenceStore] })
export class EvidenceModule {}
