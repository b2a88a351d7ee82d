import type { XmlDocument, XsdValidator } from 'libxml2-wasm' with { 'resolution-mode': 'import' };
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readDocument } from '../../src/fatturapa/document/index.js';
import type { FormatoTrasmissione } from '../../src/fatturapa/index.js';
import { CORPUS } from './seeds.js';

/** What is said of one file, and by whom. */
export interface Verdicts {
  readonly ours: boolean;
  readonly theirs: boolean;
  /** The first word of each, for people. */
  readonly ourWords: string;
  readonly theirWords: string;
}

const SIGNATURES = 'mem://fuzz/xmldsig-core-schema.xsd';
const SCHEMAS = { ordinary: 'FatturaPA_v1.2.3.xsd', simplified: 'FatturaSemplificata_VFSM10_v1.0.2.xsd' };

/** libxml2 with the official schemas, beside our own reading. */
export class Oracle {
  static async open(): Promise<Oracle> {
    const libxml2 = await import('libxml2-wasm');
    const provider = new libxml2.XmlBufferInputProvider({ [SIGNATURES]: readFileSync(path.join(CORPUS, 'xsd/xmldsig-core-schema.xsd')) });
    libxml2.xmlRegisterInputProvider(provider);
    const load = (file: string) => {
      const text = readFileSync(path.join(CORPUS, 'xsd', file), 'utf8').replace(/schemaLocation="[^"]*xmldsig-core-schema.xsd"/, `schemaLocation="${SIGNATURES}"`);
      const document = libxml2.XmlDocument.fromString(text, { url: `mem://fuzz/${file}` });
      return { document, validator: libxml2.XsdValidator.fromDoc(document) };
    };
    return new Oracle(libxml2, load(SCHEMAS.ordinary), load(SCHEMAS.simplified));
  }

  private constructor(
    private readonly libxml2: typeof import('libxml2-wasm', { with: { 'resolution-mode': 'import' } }),
    private readonly ordinary: Loaded,
    private readonly simplified: Loaded,
  ) {}

  judge(bytes: Buffer, formato: FormatoTrasmissione): Verdicts {
    const reading = readDocument(bytes);
    const { theirs, theirWords } = this.#libxml2(bytes, formato === 'FSM10' ? this.simplified : this.ordinary);
    const first = reading.findings[0];
    return { ours: reading.ok && reading.findings.length === 0, ourWords: first ? `${first.code} ${first.path ?? ''} ${first.message.en}` : 'valid', theirs, theirWords };
  }

  #libxml2(bytes: Buffer, { validator }: Loaded): { theirs: boolean; theirWords: string } {
    let document;
    try {
      document = this.libxml2.XmlDocument.fromBuffer(bytes);
    } catch (failure) {
      return { theirs: false, theirWords: String(failure).trim().split('\n')[0] ?? '' };
    }
    try {
      validator.validate(document);
      return { theirs: true, theirWords: 'valid' };
    } catch (failure) {
      return { theirs: false, theirWords: String(failure).trim().split('\n')[0] ?? '' };
    } finally {
      document.dispose();
    }
  }

  close(): void {
    for (const { document, validator } of [this.ordinary, this.simplified]) {
      validator.dispose();
      document.dispose();
    }
    this.libxml2.xmlCleanupInputProvider();
  }
}

interface Loaded {
  readonly document: XmlDocument;
  readonly validator: XsdValidator;
}
