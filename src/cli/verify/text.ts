import { type BundleReport, bases, type Note, type PieceReport, type SignatureReport } from '../../evidence/bundle/verify/index.js';
import { romeTime } from '../../evidence/bundle/texts/rome-time.js';
import type { Language } from '../command.js';

/** What a stranger wrote must not steer the terminal. */
const plain = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, '\ufffd');

/** A report for people: a verdict, then every piece with what it proves, by whose signature, and what is wrong. */
export function reportText(report: BundleReport & { readonly file: string }, language: Language): string {
  const lines = [plain(report.file), `  ${verdict(report)[language]}`];
  if (report.invoice) {
    const { number, fileName, status, identificativoSdi } = report.invoice;
    lines.push(`  ${plain([{ it: `fattura ${number}`, en: `invoice ${number}` }[language], fileName, `${{ it: 'stato', en: 'state' }[language]} ${status}`, identificativoSdi === null ? undefined : `IdentificativoSdI ${identificativoSdi}`].filter((part) => part !== undefined).join(', '))}`);
  }
  if (report.timelineHash) lines.push(`  timelineHash ${report.timelineHash}`);
  for (const note of report.remarks) lines.push(`  ${note.text[language]}`);
  const shown = report.pieces.filter((piece) => !piece.ok || piece.proves || piece.remarks.length > 0);
  return [...lines, '', ...shown.flatMap((piece) => pieceLines(piece, language)), ''].join('\n');
}

/** In one sentence, with how far the authorities reach. */
function verdict({ ok, pieces }: BundleReport): Note['text'] {
  const wrong = pieces.filter((piece) => !piece.ok).map(({ path }) => path);
  if (!ok) return { it: `NON REGGE: ${wrong.join(', ')}`, en: `DOES NOT HOLD: ${wrong.join(', ')}` };
  const named = pieces.flatMap(({ signatures }) => signatures).filter(({ basis }) => basis === 'named');
  if (named.length === 0) return { it: 'Tutto regge.', en: 'Everything holds.' };
  return named.some(({ named: basis }) => basis === 'sandbox')
    ? { it: 'Tutto regge, ma le firme sono di una sandbox: il fascicolo è solo dimostrativo.', en: 'Everything holds, but the signatures are those of a sandbox: the bundle is a demonstration only.' }
    : { it: 'Tutto regge, purché ci si fidi delle autorità che solo il fascicolo nomina (si veda sotto; --anchors per indicare le proprie).', en: 'Everything holds, provided that one trusts the authorities that only the bundle names (see below; --anchors to name your own).' };
}

function pieceLines(piece: PieceReport, language: Language): string[] {
  const mark = piece.ok ? 'OK' : { it: 'NO', en: 'NO' }[language];
  return [
    `  ${mark}  ${plain(piece.path)}`,
    ...piece.problems.map(({ code, text }) => `      ! ${plain(text[language])} (${code})`),
    ...(piece.ok && piece.proves ? [`      ${plain(piece.proves[language])}`] : []),
    ...piece.signatures.map((signature) => `      ${plain(signatureText(signature)[language])}`),
    ...piece.remarks.map(({ text }) => `      - ${plain(text[language])}`),
  ];
}

function signatureText(signature: SignatureReport): Note['text'] {
  const at = signature.at === null ? { it: '', en: '' } : { it: `, ${romeTime(signature.at)}`, en: `, ${romeTime(signature.at)}` };
  const basis = bases(signature);
  const authority = signature.authority === null ? { it: '', en: '' } : { it: `; autorità: ${signature.authority}`, en: `; authority: ${signature.authority}` };
  return { it: `Firma di ${signature.by}${at.it}${authority.it} (${basis.it})`, en: `Signature of ${signature.by}${at.en}${authority.en} (${basis.en})` };
}
