import { codeTable } from './table.js';

export const TIPO_RITENUTA = codeTable('TipoRitenuta', [
  ['RT01', 'Ritenuta di acconto persone fisiche', 'Withholding tax, natural persons', '1.0'],
  ['RT02', 'Ritenuta di acconto persone giuridiche', 'Withholding tax, legal persons', '1.0'],
  ['RT03', 'Contributo INPS', 'INPS contribution', '1.2.1'],
  ['RT04', 'Contributo ENASARCO', 'ENASARCO contribution', '1.2.1'],
  ['RT05', 'Contributo ENPAM', 'ENPAM contribution', '1.2.1'],
  ['RT06', 'Altro contributo previdenziale', 'Other social-security contribution', '1.2.1'],
]);

export const RITENUTA = codeTable('Ritenuta', [['SI', 'Cessione/prestazione soggetta a ritenuta', 'Subject to withholding', '1.0']]);

export const TIPO_CASSA = codeTable('TipoCassa', [
  ['TC01', 'Cassa nazionale previdenza e assistenza avvocati e procuratori legali', 'Lawyers (Cassa Forense)', '1.0'],
  ['TC02', 'Cassa previdenza dottori commercialisti', 'Chartered accountants', '1.0'],
  ['TC03', 'Cassa previdenza e assistenza geometri', 'Surveyors', '1.0'],
  ['TC04', 'Cassa nazionale previdenza e assistenza ingegneri e architetti liberi professionisti', 'Self-employed engineers and architects (Inarcassa)', '1.0'],
  ['TC05', 'Cassa nazionale del notariato', 'Notaries', '1.0'],
  ['TC06', 'Cassa nazionale previdenza e assistenza ragionieri e periti commerciali', 'Accountants and commercial experts', '1.0'],
  ['TC07', 'Ente nazionale assistenza agenti e rappresentanti di commercio (ENASARCO)', 'Agents and sales representatives (ENASARCO)', '1.0'],
  ['TC08', 'Ente nazionale previdenza e assistenza consulenti del lavoro (ENPACL)', 'Employment consultants (ENPACL)', '1.0'],
  ['TC09', 'Ente nazionale previdenza e assistenza medici (ENPAM)', 'Physicians (ENPAM)', '1.0'],
  ['TC10', 'Ente nazionale previdenza e assistenza farmacisti (ENPAF)', 'Pharmacists (ENPAF)', '1.0'],
  ['TC11', 'Ente nazionale previdenza e assistenza veterinari (ENPAV)', 'Veterinarians (ENPAV)', '1.0'],
  ['TC12', 'Ente nazionale previdenza e assistenza impiegati dell’agricoltura (ENPAIA)', 'Agricultural employees (ENPAIA)', '1.0'],
  ['TC13', 'Fondo previdenza impiegati imprese di spedizione e agenzie marittime', 'Employees of freight forwarders and maritime agencies', '1.0'],
  ['TC14', 'Istituto nazionale previdenza giornalisti italiani (INPGI)', 'Journalists (INPGI)', '1.0'],
  ['TC15', 'Opera nazionale assistenza orfani sanitari italiani (ONAOSI)', 'Orphans of health workers (ONAOSI)', '1.0'],
  ['TC16', 'Cassa autonoma assistenza integrativa giornalisti italiani (CASAGIT)', 'Journalists, supplementary care (CASAGIT)', '1.0'],
  ['TC17', 'Ente previdenza periti industriali e periti industriali laureati (EPPI)', 'Industrial technicians (EPPI)', '1.0'],
  ['TC18', 'Ente previdenza e assistenza pluricategoriale (EPAP)', 'Multi-category fund (EPAP)', '1.0'],
  ['TC19', 'Ente nazionale previdenza e assistenza biologi (ENPAB)', 'Biologists (ENPAB)', '1.0'],
  ['TC20', 'Ente nazionale previdenza e assistenza professione infermieristica (ENPAPI)', 'Nurses (ENPAPI)', '1.0'],
  ['TC21', 'Ente nazionale previdenza e assistenza psicologi (ENPAP)', 'Psychologists (ENPAP)', '1.0'],
  ['TC22', 'INPS', 'INPS', '1.0'],
]);

/** The codes of the income table of form CU. */
export const CAUSALE_PAGAMENTO = codeTable(
  'CausalePagamento',
  [
    ['A', 'Prestazioni di lavoro autonomo rientranti nell’esercizio di arte o professione abituale', 'Self-employed work inside a habitual art or profession', '1.0'],
    ['B', 'Utilizzazione economica, da parte dell’autore o dell’inventore, di opere dell’ingegno, di brevetti industriali e di processi, formule o informazioni', 'Economic use by the author or inventor of works of the mind, patents, know-how', '1.0'],
    ['C', 'Utili derivanti da contratti di associazione in partecipazione quando l’apporto è costituito esclusivamente dalla prestazione di lavoro', 'Profits of joint-venture contracts where the contribution is work only', '1.0'],
    ['D', 'Utili spettanti ai soci promotori e ai soci fondatori delle società di capitali', 'Profits due to promoters and founding members of companies', '1.0'],
    ['E', 'Levata di protesti cambiari da parte dei segretari comunali', 'Bill protests drawn up by municipal secretaries', '1.0'],
    ['G', 'Indennità corrisposte per la cessazione di attività sportiva professionale', 'Indemnity for the end of a professional sports activity', '1.0'],
    ['H', 'Indennità corrisposte per la cessazione dei rapporti di agenzia delle persone fisiche e delle società di persone, con esclusione delle somme maturate entro il 31 dicembre 2003', 'Indemnity for the end of agency contracts of individuals and partnerships (amounts accrued up to 2003 left out)', '1.0'],
    ['I', 'Indennità corrisposte per la cessazione da funzioni notarili', 'Indemnity for the end of notarial functions', '1.0'],
    ['L', 'Utilizzazione economica, da parte di soggetto diverso dall’autore o dall’inventore che ha acquisito il diritto a titolo gratuito, di opere dell’ingegno e brevetti', 'As B, by someone who got the right free of charge', '1.0'],
    ['M', 'Prestazioni di lavoro autonomo non esercitate abitualmente', 'Self-employed work not done habitually', '1.0'],
    ['N', 'Indennità di trasferta, rimborsi forfetari di spesa, premi e compensi nell’esercizio diretto di attività sportive dilettantistiche', 'Travel indemnity, lump-sum refunds, prizes and fees in amateur sport', '1.0'],
    ['O', 'Prestazioni di lavoro autonomo non esercitate abitualmente, senza obbligo di iscrizione alla gestione separata INPS', 'Self-employed work not done habitually, no duty to join the INPS separate scheme', '1.0'],
    ['P', 'Compensi corrisposti a soggetti non residenti per l’uso o la concessione in uso di attrezzature industriali, commerciali o scientifiche situate in Italia', 'Fees to non-residents for use of industrial, commercial or scientific equipment located in Italy', '1.0'],
    ['Q', 'Provvigioni corrisposte ad agente o rappresentante di commercio monomandatario', 'Commission to a single-principal commercial agent', '1.0'],
    ['R', 'Provvigioni corrisposte ad agente o rappresentante di commercio plurimandatario', 'Commission to a multi-principal commercial agent', '1.0'],
    ['S', 'Provvigioni corrisposte a commissionario', 'Commission to a commission agent', '1.0'],
    ['T', 'Provvigioni corrisposte a mediatore', 'Commission to a mediator', '1.0'],
    ['U', 'Provvigioni corrisposte a procacciatore di affari', 'Commission to a business procurer', '1.0'],
    ['V', 'Provvigioni corrisposte a incaricato per le vendite a domicilio e per la vendita porta a porta o ambulante di giornali e periodici', 'Commission to door-to-door sellers and street sellers of newspapers', '1.0'],
    ['W', 'Corrispettivi erogati dai condomini per prestazioni relative a contratti d’appalto (art. 25-ter, D.P.R. 600/1973)', 'Condominium payments for works contracts (art. 25-ter DPR 600/1973)', '1.0'],
    ['X', 'Canoni corrisposti nel 2004 a società o stabili organizzazioni di società di altro Stato UE (art. 26-quater, D.P.R. 600/1973)', 'Royalties paid in 2004 to associated EU companies (art. 26-quater DPR 600/1973)', '1.0'],
    ['Y', 'Canoni corrisposti dal 1° gennaio 2005 al 26 luglio 2005 a società o stabili organizzazioni di società di altro Stato UE', 'Royalties paid from 2005-01-01 to 2005-07-26 to associated EU companies', '1.0'],
    ['Z', 'Titolo diverso dai precedenti', 'Other title', '1.0', '2020-12-31'],
    ['L1', 'Utilizzazione economica, da parte di soggetto che ha acquistato a titolo oneroso il diritto, di opere dell’ingegno e brevetti', 'As B, by someone who bought the right', '1.1'],
    ['M1', 'Redditi derivanti dall’assunzione di obblighi di fare, di non fare o permettere', 'Obligations to do, not to do or to permit', '1.1'],
    ['M2', 'Prestazioni di lavoro autonomo non esercitate abitualmente, con obbligo di iscrizione alla gestione separata ENPAPI', 'Self-employed work not done habitually, with duty to join the ENPAPI separate scheme', '1.2.1'],
    ['O1', 'Redditi derivanti dall’assunzione di obblighi di fare, di non fare o permettere, senza obbligo di iscrizione alla gestione separata INPS', 'Obligations to do, not to do or to permit, no duty to join the INPS separate scheme', '1.1'],
    ['V1', 'Redditi derivanti da attività commerciali non esercitate abitualmente', 'Income of commercial activity not done habitually', '1.1'],
    ['ZO', 'Titolo diverso dai precedenti', 'Other title', '1.2.1'],
  ],
  [['F', 'Indennità corrisposte ai giudici onorari di pace e ai vice procuratori onorari', 'Indemnities to honorary justices of the peace and vice prosecutors', '1.0', '1.0']],
);
