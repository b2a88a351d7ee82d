/** Texts of the dialog "New invoice". */
export const upload = {
  'upload.title': { it: 'Nuova fattura', en: 'New invoice' },
  'upload.drop': { it: 'Trascina qui i file FatturaPA', en: 'Drop FatturaPA files here' },
  'upload.choose': { it: 'scegli dal computer', en: 'choose from this computer' },
  'upload.or': { it: 'oppure', en: 'or' },
  'upload.kinds': { it: 'XML o XML firmato (.p7m), fino a 5 MB ciascuno', en: 'XML or signed XML (.p7m), up to 5 MB each' },
  'upload.promise': { it: 'Ciò che viene accettato parte da solo. Ciò che non va torna con il punto esatto e il rimedio, e non resta nulla.', en: 'What is accepted leaves by itself. What is wrong comes back with the exact place and the mend, and nothing is kept.' },
  'upload.sending': { it: 'Consegno…', en: 'Handing over…' },
  'upload.waiting': { it: 'In attesa', en: 'Waiting' },
  'upload.taken': { it: 'Presa in carico', en: 'Taken in' },
  'upload.takenAs': { it: 'come {fileName}', en: 'as {fileName}' },
  'upload.refused': { it: 'Non presa', en: 'Not taken' },
  'upload.open': { it: 'Apri la fattura', en: 'Open the invoice' },
  'upload.results': { it: 'Esito', en: 'Results' },
  'upload.done': { it: 'Fine', en: 'Done' },
  'upload.retry': { it: 'Riprova questo file', en: 'Try this file again' },
} as const;
