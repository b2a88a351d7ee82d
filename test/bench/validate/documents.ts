/** Invoices for the bench: each different, all valid, the same for the same seed. */

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const FIRMS = ['Officine Meccaniche Rossi S.r.l.', 'Forniture Bianchi &amp; Figli S.n.c.', 'Edilizia dell’Adda S.p.A.'.replace('’', "'"), 'Panificio Verdi di Giuseppe Verdi', 'Cooperativa Agricola La Quercia', 'Studio Tecnico Associato Città Nuova', 'Società Energia più S.r.l.'];
const STREETS = ['Via Giuseppe Garibaldi', 'Corso Vittorio Emanuele II', 'Piazza della Repubblica', "Via dell'Artigianato", 'Viale dei Mille', 'Strada Statale 16'];
const TOWNS = [['20121', 'Milano', 'MI'], ['00184', 'Roma', 'RM'], ['41126', 'Modena', 'MO'], ['10128', 'Torino', 'TO'], ['80133', 'Napoli', 'NA'], ['39100', 'Bolzano', 'BZ']] as const;
const GOODS = ['Guarnizione in gomma per cilindro da 80 mm', 'Manodopera specializzata, intervento in sede del cliente', 'Olio lubrificante sintetico, fusto da 20 litri', 'Canone mensile di assistenza e manutenzione programmata', 'Vite a testa esagonale M8x40 zincata', 'Trasporto e consegna al piano', 'Farina di grano tenero tipo 00, sacco', 'Consulenza tecnica e redazione della relazione', 'Lamiera forata in acciaio inox, 2000 x 1000 x 1,5 mm'];
const UNITS = ['pz', 'ore', 'kg', 'mesi', 'conf', 'm'];
const RATES = [22n, 22n, 22n, 10n, 4n];

type Random = () => number;
const whole = (random: Random, from: number, to: number): number => from + Math.floor(random() * (to - from + 1));
const pick = <T>(random: Random, list: readonly T[]): T => list[whole(random, 0, list.length - 1)] as T;
const cents = (value: bigint): string => `${value / 100n}.${String(value % 100n).padStart(2, '0')}`;

function partitaIva(random: Random): string {
  const digits = String(whole(random, 100_000, 9_999_999)).padStart(7, '0') + pick(random, ['015', '058', '037', '001', '063']);
  let sum = 0;
  for (let index = 0; index < 10; index++) {
    const weighted = Number(digits[index]) * (index % 2 === 0 ? 1 : 2);
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

function seat(random: Random): string {
  const [cap, town, province] = pick(random, TOWNS);
  return `<Sede>
        <Indirizzo>${pick(random, STREETS)}</Indirizzo>
        <NumeroCivico>${whole(random, 1, 250)}</NumeroCivico>
        <CAP>${cap}</CAP>
        <Comune>${town}</Comune>
        <Provincia>${province}</Provincia>
        <Nazione>IT</Nazione>
      </Sede>`;
}

const idFiscale = (id: string): string => `<IdFiscaleIVA>
          <IdPaese>IT</IdPaese>
          <IdCodice>${id}</IdCodice>
        </IdFiscaleIVA>`;

function header(random: Random, n: number): string {
  const seller = partitaIva(random);
  const code = Array.from({ length: 7 }, () => pick(random, [...'ABCDEFGHJKLMNPQRSTUVWXYZ123456789'])).join('');
  return `  <FatturaElettronicaHeader>
    <DatiTrasmissione>
      <IdTrasmittente>
        <IdPaese>IT</IdPaese>
        <IdCodice>${seller}</IdCodice>
      </IdTrasmittente>
      <ProgressivoInvio>${n.toString(36).toUpperCase().padStart(5, '0')}</ProgressivoInvio>
      <FormatoTrasmissione>FPR12</FormatoTrasmissione>
      <CodiceDestinatario>${code}</CodiceDestinatario>
    </DatiTrasmissione>
    <CedentePrestatore>
      <DatiAnagrafici>
        ${idFiscale(seller)}
        <CodiceFiscale>${seller}</CodiceFiscale>
        <Anagrafica>
          <Denominazione>${pick(random, FIRMS)}</Denominazione>
        </Anagrafica>
        <RegimeFiscale>RF01</RegimeFiscale>
      </DatiAnagrafici>
      ${seat(random)}
      <IscrizioneREA>
        <Ufficio>MI</Ufficio>
        <NumeroREA>${whole(random, 100_000, 999_999)}</NumeroREA>
        <CapitaleSociale>10000.00</CapitaleSociale>
        <SocioUnico>SM</SocioUnico>
        <StatoLiquidazione>LN</StatoLiquidazione>
      </IscrizioneREA>
    </CedentePrestatore>
    <CessionarioCommittente>
      <DatiAnagrafici>
        ${idFiscale(partitaIva(random))}
        <Anagrafica>
          <Denominazione>${pick(random, FIRMS)}</Denominazione>
        </Anagrafica>
      </DatiAnagrafici>
      ${seat(random)}
    </CessionarioCommittente>
  </FatturaElettronicaHeader>
`;
}

/** One body with so many lines: totals, taxes and payment follow from them. */
function body(random: Random, number: string, lines: number): string {
  const taxable = new Map<bigint, bigint>();
  let details = '';
  for (let line = 1; line <= lines; line++) {
    const rate = pick(random, RATES);
    const quantity = BigInt(whole(random, 1, 40));
    const price = BigInt(whole(random, 50, 90_000));
    const total = quantity * price;
    taxable.set(rate, (taxable.get(rate) ?? 0n) + total);
    details += `      <DettaglioLinee>
        <NumeroLinea>${line}</NumeroLinea>
        <Descrizione>${pick(random, GOODS)}, rif. ${whole(random, 1000, 99_999)}</Descrizione>
        <Quantita>${quantity}.00</Quantita>
        <UnitaMisura>${pick(random, UNITS)}</UnitaMisura>
        <PrezzoUnitario>${cents(price)}</PrezzoUnitario>
        <PrezzoTotale>${cents(total)}</PrezzoTotale>
        <AliquotaIVA>${rate}.00</AliquotaIVA>
      </DettaglioLinee>
`;
  }
  let sum = 0n;
  let summary = '';
  for (const [rate, base] of taxable) {
    const tax = (base * rate + 50n) / 100n;
    sum += base + tax;
    summary += `      <DatiRiepilogo>
        <AliquotaIVA>${rate}.00</AliquotaIVA>
        <ImponibileImporto>${cents(base)}</ImponibileImporto>
        <Imposta>${cents(tax)}</Imposta>
        <EsigibilitaIVA>I</EsigibilitaIVA>
      </DatiRiepilogo>
`;
  }
  const day = `2026-${String(whole(random, 1, 5)).padStart(2, '0')}-${String(whole(random, 1, 28)).padStart(2, '0')}`;
  return `  <FatturaElettronicaBody>
    <DatiGenerali>
      <DatiGeneraliDocumento>
        <TipoDocumento>TD01</TipoDocumento>
        <Divisa>EUR</Divisa>
        <Data>${day}</Data>
        <Numero>${number}</Numero>
        <ImportoTotaleDocumento>${cents(sum)}</ImportoTotaleDocumento>
        <Causale>Fornitura di merci e servizi come da ordine n. ${whole(random, 1, 9999)}</Causale>
      </DatiGeneraliDocumento>
    </DatiGenerali>
    <DatiBeniServizi>
${details}${summary}    </DatiBeniServizi>
    <DatiPagamento>
      <CondizioniPagamento>TP02</CondizioniPagamento>
      <DettaglioPagamento>
        <ModalitaPagamento>MP05</ModalitaPagamento>
        <DataScadenzaPagamento>2026-12-31</DataScadenzaPagamento>
        <ImportoPagamento>${cents(sum)}</ImportoPagamento>
      </DettaglioPagamento>
    </DatiPagamento>
  </FatturaElettronicaBody>
`;
}

const OPEN = '<?xml version="1.0" encoding="UTF-8"?>\n<p:FatturaElettronica xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2" versione="FPR12">\n';
const CLOSE = '</p:FatturaElettronica>\n';

/** An invoice of some 5 KB: 3 to 7 lines. */
export function smallInvoice(random: Random, n: number): Buffer {
  return Buffer.from(OPEN + header(random, n) + body(random, `${n}/2026`, whole(random, 3, 7)) + CLOSE);
}

/** A lot of invoices that comes just under so many octets. */
export function lotOf(octets: number, random: Random, n: number): Buffer {
  const parts = [OPEN + header(random, n)];
  let size = Buffer.byteLength(parts[0] ?? '') + CLOSE.length;
  for (let position = 1; ; position++) {
    const next = body(random, `${n}-${position}/2026`, whole(random, 8, 60));
    size += Buffer.byteLength(next);
    if (size > octets) break;
    parts.push(next);
  }
  return Buffer.from([...parts, CLOSE].join(''));
}
