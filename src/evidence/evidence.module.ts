import { Global, Module } from '@nestjs/common';
import { CompaniesModule } from '../companies/companies.module.js';
import { BundleController } from './bundle/bundle.controller.js';
import { Bundles } from './bundle/build/bundles.js';
import { BundleSources } from './bundle/build/sources.js';
import { EvidenceStore } from './evidence-store.js';

/** The content-addressed store, open to every room that keeps bytes, and the bundles that are made of it. */
@Global()
@Module({ imports: [CompaniesModule], controllers: [BundleController], providers: [EvidenceStore, BundleSources, Bundles], exports: [EvidenceStore, BundleSources, Bundles] })
export class EvidenceModule {}
