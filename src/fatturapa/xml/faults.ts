import { MAX_ATTRIBUTE_VALUE, MAX_ATTRIBUTES, MAX_DEPTH, MAX_ELEMENTS, MAX_NAME, MAX_NAMESPACES } from '../limits.js';

interface Words {
  /** What was found, for people; `{detail}` is the fault's detail. */
  readonly it: string;
  readonly en: string;
  /** How to mend it. */
  readonly mendIt: string;
  readonly mendEn: string;
}

const TO_THE_PROGRAM = { mendIt: 'Correggere il programma che genera il file: il punto indicato è il primo che non si può leggere.', mendEn: 'Mend the program that writes the file: the place shown is the first that cannot be read.' };
const NO_INVOICE = { mendIt: 'Non è una fattura elettronica: controllare il file.', mendEn: 'This is not an e-invoice: check the file.' };

/** Every way in which a text is not well-formed XML 1.0 with namespaces, or is more than we read. */
export const XML_FAULTS = {
  empty: { it: 'il file è vuoto', en: 'the file is empty', mendIt: 'Inviare il file XML della fattura.', mendEn: 'Send the XML file of the invoice.' },
  'no-root': { it: 'manca l’elemento radice', en: 'the root element is missing', mendIt: 'Inviare il file XML della fattura.', mendEn: 'Send the XML file of the invoice.' },
  'before-root': {
    it: 'prima dell’elemento radice c’è del testo',
    en: 'there is text before the root element',
    mendIt: 'Il file deve cominciare con <?xml oppure con l’elemento radice: togliere ciò che sta prima, o inviare il file XML della fattura.',
    mendEn: 'The file must begin with <?xml or with the root element: remove what stands before it, or send the XML file of the invoice.',
  },
  'after-root': { it: 'dopo la fine dell’elemento radice c’è altro contenuto', en: 'there is more content after the end of the root element', mendIt: 'Togliere ciò che segue la chiusura dell’elemento radice.', mendEn: 'Remove what follows the end of the root element.' },
  unclosed: {
    it: 'il file finisce prima della chiusura di {detail}',
    en: 'the file ends before {detail} is closed',
    mendIt: 'Il file è incompleto: generarlo o scaricarlo di nuovo per intero.',
    mendEn: 'The file is incomplete: make it or download it again as a whole.',
  },
  'end-tag': { it: 'il tag di chiusura {found} non corrisponde all’elemento aperto {open}', en: 'the end tag {found} does not match the open element {open}', mendIt: 'Chiudere ogni elemento con il suo nome, nell’ordine inverso a quello di apertura.', mendEn: 'Close each element by its own name, in the reverse order of opening.' },
  'tag-open': { it: 'un tag non è chiuso da >', en: 'a tag is not closed by >', ...TO_THE_PROGRAM },
  tag: { it: 'un tag è scritto male', en: 'a tag is badly written', ...TO_THE_PROGRAM },
  name: {
    it: 'qui manca il nome di un elemento o di un attributo, oppure contiene un carattere non ammesso',
    en: 'the name of an element or attribute is missing here, or holds a character that it must not',
    mendIt: 'Se il carattere < fa parte di un testo, scriverlo &lt;.',
    mendEn: 'If the character < belongs to a text, write it &lt;.',
  },
  'attribute-space': { it: 'tra due attributi manca uno spazio', en: 'there is no space between two attributes', ...TO_THE_PROGRAM },
  'attribute-value': { it: 'l’attributo {detail} non ha un valore tra virgolette', en: 'the attribute {detail} has no value in quotes', mendIt: 'Scrivere {detail}="valore".', mendEn: 'Write {detail}="value".' },
  'attribute-lt': { it: 'il valore di un attributo contiene il carattere <', en: 'an attribute’s value holds the character <', mendIt: 'Scriverlo &lt;.', mendEn: 'Write it &lt;.' },
  'attribute-twice': { it: 'l’attributo {detail} è scritto due volte', en: 'the attribute {detail} is written twice', mendIt: 'Lasciarlo una volta sola.', mendEn: 'Leave it once.' },
  ampersand: { it: 'il carattere & è scritto da solo', en: 'the character & stands alone', mendIt: 'Nei testi il carattere & va scritto &amp;.', mendEn: 'In texts the character & is written &amp;.' },
  entity: {
    it: 'l’entità &{detail}; non è definita',
    en: 'the entity &{detail}; is not defined',
    mendIt: 'Scrivere il carattere stesso: le sole entità ammesse sono &amp; &lt; &gt; &quot; &apos;.',
    mendEn: 'Write the character itself: the only entities allowed are &amp; &lt; &gt; &quot; &apos;.',
  },
  'character-reference': { it: 'il riferimento {detail} non indica un carattere ammesso', en: 'the reference {detail} names no allowed character', mendIt: 'Togliere il riferimento, o scrivere il carattere voluto.', mendEn: 'Remove the reference, or write the character meant.' },
  character: { it: 'il carattere {detail} non è ammesso in un file XML', en: 'the character {detail} is not allowed in an XML file', mendIt: 'Togliere il carattere: di solito è un segno di controllo invisibile copiato insieme al testo.', mendEn: 'Remove the character: mostly an invisible control character copied along with the text.' },
  'cdata-close': { it: 'il testo contiene ]]>', en: 'the text holds ]]>', mendIt: 'Scrivere ]]&gt;.', mendEn: 'Write ]]&gt;.' },
  'cdata-open': { it: 'una sezione CDATA non è chiusa', en: 'a CDATA section is not closed', mendIt: 'Chiuderla con ]]>.', mendEn: 'Close it by ]]>.' },
  'comment-open': { it: 'un commento non è chiuso', en: 'a comment is not closed', mendIt: 'Chiuderlo con -->.', mendEn: 'Close it by -->.' },
  'comment-dashes': { it: 'un commento contiene --', en: 'a comment holds --', mendIt: 'Togliere il doppio trattino dal commento.', mendEn: 'Remove the double hyphen from the comment.' },
  markup: { it: 'dopo <! non c’è né un commento né una sezione CDATA', en: 'after <! there is neither a comment nor a CDATA section', mendIt: 'Se il carattere < fa parte di un testo, scriverlo &lt;.', mendEn: 'If the character < belongs to a text, write it &lt;.' },
  'instruction-target': { it: 'un’istruzione <? ha un nome non ammesso', en: 'an instruction <? has a name that is not allowed', mendIt: 'Togliere l’istruzione.', mendEn: 'Remove the instruction.' },
  'instruction-space': { it: 'dopo il nome di un’istruzione <? manca uno spazio', en: 'there is no space after the name of an instruction <?', mendIt: 'Togliere l’istruzione.', mendEn: 'Remove the instruction.' },
  'instruction-open': { it: 'un’istruzione <? non è chiusa', en: 'an instruction <? is not closed', mendIt: 'Chiuderla con ?>.', mendEn: 'Close it by ?>.' },
  declaration: { it: 'la dichiarazione <?xml ... ?> è scritta male', en: 'the declaration <?xml ... ?> is badly written', mendIt: 'Scrivere <?xml version="1.0" encoding="UTF-8"?>.', mendEn: 'Write <?xml version="1.0" encoding="UTF-8"?>.' },
  'declaration-place': {
    it: 'la dichiarazione <?xml ... ?> non è all’inizio del file',
    en: 'the declaration <?xml ... ?> is not at the beginning of the file',
    mendIt: 'Togliere ciò che sta prima di <?xml, anche gli spazi e le righe vuote.',
    mendEn: 'Remove what stands before <?xml, spaces and empty lines too.',
  },
  doctype: { it: 'Il file contiene una dichiarazione DOCTYPE: una fattura non ne ha mai, e non viene letta.', en: 'The file holds a DOCTYPE declaration: an invoice never has one, and it is not read.', mendIt: 'Togliere la dichiarazione DOCTYPE.', mendEn: 'Remove the DOCTYPE declaration.' },
  prefix: { it: 'il prefisso {detail} non è dichiarato', en: 'the prefix {detail} is not declared', mendIt: 'Dichiararlo sulla radice (xmlns:{detail}="..."), o togliere il prefisso.', mendEn: 'Declare it on the root (xmlns:{detail}="..."), or remove the prefix.' },
  'namespace-reserved': { it: 'la dichiarazione {detail} usa un prefisso o un namespace riservato', en: 'the declaration {detail} uses a reserved prefix or namespace', mendIt: 'Togliere la dichiarazione.', mendEn: 'Remove the declaration.' },
  'namespace-empty': { it: 'la dichiarazione {detail} è vuota', en: 'the declaration {detail} is empty', mendIt: 'Togliere la dichiarazione, o indicare il namespace.', mendEn: 'Remove the declaration, or give the namespace.' },
  'namespace-uri': { it: 'il namespace dichiarato da {detail} non è un URI', en: 'the namespace declared by {detail} is no URI', mendIt: 'Scrivere il namespace senza spazi né caratteri speciali, o togliere la dichiarazione se non serve.', mendEn: 'Write the namespace without spaces or special characters, or remove the declaration if it is not needed.' },
  depth: { it: `Gli elementi sono annidati oltre ${MAX_DEPTH} livelli.`, en: `Elements are nested deeper than ${MAX_DEPTH} levels.`, ...NO_INVOICE },
  elements: { it: `Il file ha più di ${MAX_ELEMENTS} elementi.`, en: `The file has more than ${MAX_ELEMENTS} elements.`, mendIt: 'Dividere il lotto in più file.', mendEn: 'Split the lot into several files.' },
  attributes: { it: `Un elemento ha più di ${MAX_ATTRIBUTES} attributi.`, en: `An element has more than ${MAX_ATTRIBUTES} attributes.`, ...NO_INVOICE },
  'attribute-length': { it: `Il valore dell’attributo {detail} è più lungo di ${MAX_ATTRIBUTE_VALUE} caratteri.`, en: `The value of the attribute {detail} is longer than ${MAX_ATTRIBUTE_VALUE} characters.`, mendIt: 'Togliere l’attributo, oppure correggere il programma che genera il file.', mendEn: 'Remove the attribute, or mend the program that writes the file.' },
  namespaces: { it: `Il file dichiara più di ${MAX_NAMESPACES} namespace.`, en: `The file declares more than ${MAX_NAMESPACES} namespaces.`, ...NO_INVOICE },
  'name-length': { it: `Un nome è più lungo di ${MAX_NAME} caratteri.`, en: `A name is longer than ${MAX_NAME} characters.`, ...NO_INVOICE },
} as const satisfies Record<string, Words>;

export type XmlFaultKind = keyof typeof XML_FAULTS;

/** Codes of the findings of faults that are not "not well-formed" (SdI's 00200) but a limit or a refusal of ours. */
export const CODES_OF_OUR_OWN: Readonly<Partial<Record<XmlFaultKind, string>>> = {
  doctype: 'doctype',
  depth: 'too-deep',
  elements: 'too-many-elements',
  attributes: 'too-many-attributes',
  'attribute-length': 'attribute-too-long',
  namespaces: 'too-many-namespaces',
  'name-length': 'name-too-long',
};

/** Ends the scan: what follows cannot be read, or will not be. */
export class XmlFault extends Error {
  /**
   * @param offset in characters of the decoded text
   * @param detail the name or character that it is about
   */
  constructor(
    readonly kind: XmlFaultKind,
    readonly offset: number,
    readonly detail = '',
  ) {
    super(kind);
  }
}
