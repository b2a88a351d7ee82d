import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readSdiMessage } from '../../sdi/index.js';
import { verifySdiXades, signSdiXades } from '../../signature/xml/index.js';
import { makePki, type Pki } from '../pki/pki.js';
import { sampleInvoice } from '../samples/sample-invoice.js';
import { exists, type NotificationFacts, notificationXml } from './notification-xml.js';

const XSD = path.resolve(__dirname, '../../../../shared/corpus/official/xsd');
const SCHEMAS = {
  pa: 'MessaggiTypes_v1.1.xsd',
  private: 'MessaggiFatturaTypes_v1.0_govway-relaxed.xsd',
  invoice: 'FatturaPA_v1.2.3.xsd',
} as const;
const at = new Date('2026-11-21T10:15:02.345Z');
const facts: NotificationFacts = {
  code: 'RC',
  family: 'pa',
  identificativoSdi: '15000000001',
  nomeFile: 'IT09876543217_00001.xml',
  hash: 'a'.repeat(64),
  receivedAt: new Date('2026-11-21T10:14:00Z'),
  at,
  messageId: '3100000001',
  pecMessageId: 'gsbx204.20261121111400.01234.1.1.1@pec.gestore-sandbox.example',
  destinatario: { codice: 'UFSBX1', descrizione: 'Comune di Prova & <Figli>' },
  formato: 'FPA12',
};
const CASES: readonly Partial<NotificationFacts>[] = (['pa', 'private'] as const).flatMap((family) =>
  (['RC', 'NS', 'MC', 'NE', 'DT', 'AT', 'MT'] as const)
    .filter((code) => exists(code, family))
    .flatMap((code): Partial<NotificationFacts>[] => [
      {
        family,
        code,
        ...(code === 'NS' ? { errors: ['00423', '00200', '99999'] } : {}),
        ...(code === 'NE' ? { esito: 'EC02' as const } : {}),
      },
      {
        family,
        code,
        archivio: { identificativoSdi: '15000000000', nomeFile: 'IT09876543217_0000Z.zip' },
        riferimento: { numero: '1/A', anno: '2026', posizione: 2 },
        ...(code === 'NS' ? { errors: ['00002'] } : {}),
      },
    ]),
);

let pki: Pki;
beforeAll(async () => void (pki = await makePki(at)));

describe('SdI messages', () => {
  it.each(CASES.map((more) => [`${more.family} ${more.code}${more.archivio ? ' out of an archive' : ''}`, more] as const))(
    '%s is read back, signature and all',
    (_, more) => {
      const said = { ...facts, ...more };
      const xml = notificationXml(said);
      const signed =
        said.code === 'MT' ? xml : signSdiXades(xml, { privateKey: pki.sdi.privateKey, certificate: pki.sdi.certificate, signingTime: at });
      const reading = readSdiMessage(Buffer.from(signed), [pki['sdi-ca'].certificate]);
      if (!reading.ok) throw new Error(reading.reason);
      const { message } = reading;
      expect(message).toMatchObject({
        code: said.code,
        family: said.family,
        identificativoSdi: said.identificativoSdi,
        nomeFile: said.nomeFile,
        messageId: said.messageId,
      });
      expect(message.signature.verdict).toBe(said.code === 'MT' ? 'absent' : 'valid');
      if (said.code === 'RC')
        expect(message).toMatchObject({
          dataOraConsegna: at.toISOString(),
          dataOraRicezione: said.receivedAt.toISOString(),
          destinatario: said.destinatario,
        });
      if (said.code === 'NS') expect(message.listaErrori?.map(({ codice }) => codice)).toEqual(said.errors);
      if (said.code === 'NE') expect(message.esito).toBe(said.esito ?? 'EC01');
    },
  );

  it('has no NE, DT, AT for private invoices', () => {
    for (const code of ['NE', 'DT', 'AT'] as const)
      expect(() => notificationXml({ ...facts, family: 'private', code })).toThrow(RangeError);
  });

  it('a forgery does not verify', () => {
    const forged = signSdiXades(notificationXml(facts), {
      privateKey: pki.rogue.privateKey,
      certificate: pki.rogue.certificate,
      signingTime: at,
    });
    expect(verifySdiXades(Buffer.from(forged), [pki['sdi-ca'].certificate]).verdict).toBe('intact');
  });
});

describe.skipIf(!existsSync(XSD))('against the official schemas (skipped where they are not at hand)', () => {
  let validate: (schema: keyof typeof SCHEMAS, xml: string) => string[];

  beforeAll(async () => {
    const { XmlDocument, XsdValidator, XmlBufferInputProvider, xmlRegisterInputProvider } = await import('libxml2-wasm');
    const local = new XmlBufferInputProvider(
      Object.fromEntries(
        [
          'http://www.w3.org/TR/2002/REC-xmldsig-core-20020212/xmldsig-core-schema.xsd',
          'xmldsig-core-schema.xsd',
          `${XSD}/xmldsig-core-schema.xsd`,
        ].map((url) => [url, readFileSync(path.join(XSD, 'xmldsig-core-schema.xsd'))]),
      ),
    );
    xmlRegisterInputProvider(local);
    const validators = new Map<string, InstanceType<typeof XsdValidator>>();
    validate = (schema, xml) => {
      let validator = validators.get(schema);
      if (!validator) {
        const source = XmlDocument.fromBuffer(readFileSync(path.join(XSD, SCHEMAS[schema])), { url: `${XSD}/${SCHEMAS[schema]}` });
        validator = XsdValidator.fromDoc(source);
        validators.set(schema, validator);
      }
      const document = XmlDocument.fromString(xml);
      try {
        validator.validate(document);
        return [];
      } catch (error) {
        return [String(error)];
      } finally {
        document.dispose();
      }
    };
  });

  it.each(CASES.map((more) => [`${more.family} ${more.code}${more.archivio ? ' out of an archive' : ''}`, more] as const))(
    '%s is valid',
    (_, more) => {
      const said = { ...facts, ...more };
      const xml = notificationXml(said);
      const signed =
        said.code === 'MT' ? xml : signSdiXades(xml, { privateKey: pki.sdi.privateKey, certificate: pki.sdi.certificate, signingTime: at });
      expect(validate(said.family, signed)).toEqual([]);
    },
  );

  it.each([
    ['private', ['1-MC']],
    ['pa', ['1-EC01', '2-EC02']],
  ] as const)('a sample invoice (%s) is valid', (flow, numbers) => {
    expect(validate('invoice', sampleInvoice({ numbers, flow, date: '2026-11-21' }).toString())).toEqual([]);
  });

  it('and the check can fail', () => {
    expect(validate('invoice', sampleInvoice({ numbers: ['1'], flow: 'private', date: '21/11/2026' }).toString())).not.toEqual([]);
  });
});
