import { DEMO_ADDRESS, DEMO_COMPANY } from '../demo-company.js';
import { FAULT_KINDS } from '../faults/faults.js';
import { SUPPLIER } from '../suppliers/supplier-invoice.js';
import { SUPPLIER_VARIANTS } from '../suppliers/variants.js';
import type { Outcome } from './outcome.js';
import { OUTCOMES } from './outcomes.js';

const FLOWS: Readonly<Record<Outcome['flow'], string>> = { both: 'both', private: 'private', pa: 'PA' };

const cells = (...values: readonly string[]): string => `| ${values.map((value) => value.replace(/\|/g, '\\|')).join(' | ')} |`;

const outcomeRow = ({ ending, flow, statuses, final, advance, description }: Outcome): string =>
  cells(
    ending ? `\`${ending}\`` : '(none)',
    FLOWS[flow],
    statuses.join(' → '),
    `\`${final}\``,
    advance ? `\`${advance}\`` : '',
    description.en,
  );

/** The text of `docs/sandbox.md`, made from the tables so that it cannot say anything else. */
export function sandboxDoc(): string {
  return `# The sandbox

A PEC provider and a Sistema di Interscambio inside the process. They speak real SMTP and IMAP on loopback, sign with certificates of their own, and write the
receipts and notifications that the real ones write. Nothing in the lanes knows of it: the demo company (${DEMO_COMPANY.name}, VAT number ${DEMO_COMPANY.partitaIva}) has
the mailbox \`${DEMO_ADDRESS}\`, with a host, two ports and trust anchors like any other. The sandbox's anchors count for sandbox mailboxes only. The demo company has a signing certificate of its own making, so that
unsigned invoices to the public administration are signed on their way.

It runs with \`CORRIERE_SANDBOX=on\` (the default while \`DATABASE_URL\` is unset) in one process with role \`all\` or \`worker\`. What it has promised lies in the
database: a message that was answered with 250 gets its receipts and answers, once each, whatever happens to the process. Faults and the sandbox's own knobs below
need role \`all\`; they belong to the process and end with it.

This file is made from the tables in \`src/sandbox\`; \`npx vitest run --project unit src/sandbox/outcomes -u\` writes it again.

## Endings

The ending of the invoice's number decides what becomes of it, as card numbers do in a payment sandbox: \`2026/17-NS00423\` is rejected with error 00423. Upper and
lower case are the same. An ending of the other flow, or an unknown one, means nothing. In a lot the first document decides for the file; NE and DT are told of each
document that asks for them, and one \`-NSnnnnn\` anywhere rejects the whole file.

What happens before SdI (\`-NOACC\`, \`-NODELIVERY\`, \`-LOST\`, ...) happens to a file's first hand-over. Sent again, the same file travels as if it had no ending.
SdI refuses a file name that it has seen before with 00002, in any writing and for ever.

The statuses are those of the invoice, in order; one that lasts an instant may be skipped when messages overtake each other. *Advance* says how far the clock must be moved.

${cells('ending', 'flow', 'statuses', 'last', 'advance', 'what happens')}
|---|---|---|---|---|---|
${OUTCOMES.map(outcomeRow).join('\n')}

## Calls

| call | does |
|---|---|
| \`GET /v1/sandbox\` | the clock, the endings, the faults in force, the kinds of faults, how many files reached SdI |
| \`POST /v1/sandbox/samples { "outcome": "-EC02", "flow": "pa" }\` | sends a sample invoice with that ending; several endings, separated by commas, make a lot |
| \`POST /v1/sandbox/clock { "advance": "15d" }\` | moves the sandbox's clock forward (\`15d\`, \`36h\`, \`10m\`, \`1d12h\`) and does everything that became due, in order; each message bears its own time |
| \`POST /v1/sandbox/faults { "kind": "smtp-drop", "count": 2 }\` | puts a fault in force, once unless \`count\` says otherwise; \`account\` limits it to one mailbox |
| \`DELETE /v1/sandbox/faults\` | lifts all of them |
| \`POST /v1/sandbox/received { "variant": "plain" }\` | has a supplier's invoice delivered to the demo company; the variants are below |
| \`GET /v1/sandbox/arrivals?fileName=\` | every file that reached SdI, duplicates too: the proof that nothing was sent twice |

## A supplier's invoice

\`POST /v1/sandbox/received { "variant": "p7m" }\` has SdI send an invoice of ${SUPPLIER.name} to the demo company: an \`Invio File\` mail with the file and its metadata (MT), over the same way as
everything else. What becomes of it: [received.md](received.md).

${cells('variant', 'what comes')}
|---|---|
${SUPPLIER_VARIANTS.map(({ id, description }) => cells(`\`${id}\``, description.en)).join('\n')}

## Faults

${cells('kind', 'parameters', 'what happens')}
|---|---|---|
${FAULT_KINDS.map(({ kind, parameters, description }) => cells(`\`${kind}\``, parameters.map((name) => `\`${name}\``).join(', '), description.en)).join('\n')}

## What it does not do

It makes the formal checks of the access point, unwraps signed files and reads the invoice, but it does not apply SdI's rule book: a rejection comes when it is asked for,
or for an unreadable file (00200), a broken signature container (00102), a wrong or used name (00001, 00002), a size over 5 MB (00003) or an unreadable archive (00106). It takes an
unsigned FPA12 file, which the real SdI refuses. Mail to another mailbox of the sandbox arrives as certified mail; anything else is not delivered.
`;
}
