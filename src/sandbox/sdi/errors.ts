/** Error texts of the most usual codes, in Italian, as SdI writes them to the sender; `Suggerimento` goes into messages of the private family only. */
const TEXTS: Readonly<Record<string, readonly [descrizione: string, suggerimento: string]>> = {
  '00001': [
    'Nome file non valido',
    'Verificare che il nome del file rispetti la sintassi prevista: codice paese, identificativo fiscale, trattino basso, progressivo, estensione',
  ],
  '00002': ['Nome file duplicato', 'Un file con questo nome è già stato trasmesso: inviare il documento con un nome diverso'],
  '00003': ['Le dimensioni del file superano quelle ammesse', 'Ridurre le dimensioni del file o degli allegati entro 5 MB'],
  '00102': ['File non integro: la firma non è valida', 'Verificare che il file non sia stato modificato dopo la firma'],
  '00106': ['File archivio vuoto o corrotto', "Verificare che l'archivio si apra e contenga almeno un file"],
  '00200': ['File non conforme al formato', 'Verificare che il documento rispetti lo schema previsto per il formato di trasmissione'],
  '00300': [
    '1.1.1.2 IdCodice del trasmittente non valido',
    "Verificare che l'identificativo fiscale del trasmittente sia presente in Anagrafe Tributaria",
  ],
  '00301': ['1.2.1.1.2 IdCodice del cedente/prestatore non valido', 'Verificare la partita IVA del cedente/prestatore'],
  '00305': ['1.4.1.1.2 IdCodice del cessionario/committente non valido', 'Verificare la partita IVA del cessionario/committente'],
  '00306': ['1.4.1.2 CodiceFiscale del cessionario/committente non valido', 'Verificare il codice fiscale del cessionario/committente'],
  '00311': ['1.1.4 CodiceDestinatario non valido', 'Verificare che il codice destinatario esista'],
  '00312': ['1.1.4 CodiceDestinatario non attivo', 'Verificare che il codice destinatario sia attivo'],
  '00400': [
    '2.2.1.14 Natura non presente a fronte di AliquotaIVA pari a zero',
    'Indicare la natura per ogni linea con aliquota pari a zero',
  ],
  '00401': [
    '2.2.1.14 Natura presente a fronte di AliquotaIVA diversa da zero',
    'Togliere la natura dalle linee con aliquota diversa da zero',
  ],
  '00403': ['2.1.1.3 Data successiva alla data di ricezione', 'Verificare la data del documento'],
  '00404': ['Fattura duplicata', 'Una fattura con gli stessi dati è già stata trasmessa: verificare numero e data'],
  '00409': ['Fattura duplicata nel lotto', 'Lo stesso lotto contiene due fatture con gli stessi dati'],
  '00417': [
    '1.4.1.1 IdFiscaleIVA e 1.4.1.2 CodiceFiscale non valorizzati',
    'Indicare almeno uno dei due identificativi del cessionario/committente',
  ],
  '00418': ['2.1.1.3 Data antecedente alla data della fattura collegata', 'Verificare le date del documento e della fattura collegata'],
  '00421': ['2.2.2.6 Imposta non calcolata secondo le regole', 'Verificare che imposta = aliquota per imponibile'],
  '00422': ['2.2.2.5 ImponibileImporto non calcolato secondo le regole', 'Verificare la somma degli importi delle linee per aliquota'],
  '00423': ['2.2.1.11 PrezzoTotale non calcolato secondo le regole', 'Verificare quantità, prezzo unitario e sconti della linea'],
  '00425': ['2.1.1.4 Numero non contenente caratteri numerici', 'Il numero del documento deve contenere almeno una cifra'],
  '00427': ['1.1.4 CodiceDestinatario di lunghezza non coerente con il formato', 'Usare 6 caratteri per la PA, 7 per i privati'],
  '00428': ['1.1.3 FormatoTrasmissione non coerente con la versione', "Verificare l'attributo versione"],
};

export function errorText(code: string): { readonly descrizione: string; readonly suggerimento: string } {
  const [descrizione, suggerimento] = TEXTS[code] ?? [
    `Errore ${code} rilevato dal controllo della sandbox`,
    "Consultare l'elenco dei controlli del Sistema di Interscambio",
  ];
  return { descrizione, suggerimento };
}
