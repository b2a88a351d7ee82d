import type { InvoiceRecord, Role, TrustBasis } from '../format/records.js';
import type { Text } from '../format/text.js';

/** Something to say of a piece; a stable code and its texts. */
export interface Note {
  readonly code: string;
  readonly text: Text;
}

/**
 * Under whose authority a signature stands: `public` one of the roots that come with Node; `given` one that the verifier named; `named` only the bundle names it, as the
 * sandbox's, as trusted by a person, or as public though this program does not know it; `none`: nobody vouches for the signer here.
 */
export type Basis = 'public' | 'given' | 'named' | 'none';

/** From the strongest to the weakest. */
const BASES: readonly Basis[] = ['public', 'given', 'named', 'none'];

export interface SignatureReport {
  /** A provider's over a message, SdI's over its notification, or the sender's over the invoice. */
  readonly kind: 'pec' | 'sdi' | 'invoice';
  readonly by: string;
  /** Signing time, ISO 8601. */
  readonly at: string | null;
  readonly basis: Basis;
  /** The authority at the end of the chain. */
  readonly authority: string | null;
  /** SHA-256 of the authority's certificate. */
  readonly fingerprint: string | null;
  /** Why the bundle says that its authority was believed, where it alone names it. */
  readonly named: TrustBasis | null;
}

export interface PieceReport {
  readonly path: string;
  readonly role: Role | 'manifest' | 'archive' | 'timeline';
  readonly ok: boolean;
  /** What it proves; null for what only lists and sums up, or proves nothing. */
  readonly proves: Text | null;
  readonly signatures: readonly SignatureReport[];
  readonly problems: readonly Note[];
  readonly remarks: readonly Note[];
}

/** What became of a bundle under examination. */
export interface BundleReport {
  /** Every piece holds. */
  readonly ok: boolean;
  readonly invoice: Pick<InvoiceRecord, 'id' | 'fileName' | 'number' | 'status' | 'identificativoSdi'> | null;
  /** Hash of the newest entry of the timeline. */
  readonly timelineHash: string | null;
  /** The weakest authority that any provider's signature in use stands under; null when there is none. */
  readonly basis: Basis | null;
  /** In the order of the manifest; what stands outside of it where a check met it. */
  readonly pieces: readonly PieceReport[];
  /** What concerns the whole. */
  readonly remarks: readonly Note[];
}

interface Draft {
  role: PieceReport['role'];
  proves: Text | null;
  readonly signatures: SignatureReport[];
  readonly problems: Note[];
  readonly remarks: Note[];
}

/** Collects what the checks find, piece by piece. */
export class Findings {
  readonly #pieces = new Map<string, Draft>();
  readonly #remarks: Note[] = [];

  /** Names a piece, so that it is listed even when nothing is to be said. */
  piece(path: string, role: PieceReport['role']): void {
    const draft = this.#pieces.get(path);
    if (draft) draft.role = role;
    else this.#pieces.set(path, { role, proves: null, signatures: [], problems: [], remarks: [] });
  }

  problem(path: string, code: string, text: Text): void {
    this.#draft(path).problems.push({ code, text });
  }

  remark(path: string, code: string, text: Text): void {
    this.#draft(path).remarks.push({ code, text });
  }

  /** Of the bundle as a whole. */
  note(code: string, text: Text): void {
    this.#remarks.push({ code, text });
  }

  proves(path: string, text: Text): void {
    const draft = this.#draft(path);
    draft.proves = draft.proves ? { it: `${draft.proves.it} ${text.it}`, en: `${draft.proves.en} ${text.en}` } : text;
  }

  signature(path: string, signature: SignatureReport): void {
    this.#draft(path).signatures.push(signature);
  }

  get failed(): boolean {
    return [...this.#pieces.values()].some(({ problems }) => problems.length > 0);
  }

  hasProblem(path: string): boolean {
    return (this.#pieces.get(path)?.problems.length ?? 0) > 0;
  }

  report(invoice: BundleReport['invoice'], timelineHash: string | null): BundleReport {
    const pieces = [...this.#pieces].map(([path, draft]) => ({ path, ...draft, ok: draft.problems.length === 0 }));
    const used = pieces.flatMap(({ proves, signatures }) => (proves ? signatures.filter(({ kind }) => kind === 'pec').map(({ basis }) => basis) : []));
    const basis = BASES.findLast((candidate) => used.includes(candidate)) ?? null;
    return { ok: pieces.every(({ ok }) => ok), invoice, timelineHash, basis, pieces, remarks: this.#remarks };
  }

  #draft(path: string): Draft {
    if (!this.#pieces.has(path)) this.piece(path, 'archive');
    return this.#pieces.get(path) as Draft;
  }
}
