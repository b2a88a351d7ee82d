import { EVENT_CASES, type EventCase } from './cases.js';
import { explain } from './explain.js';
import { ATTENTION_STATUSES, FINAL_STATUSES, STATUSES_OF, TRANSITIONS, TRANSPORT } from './transitions.js';
import { type Flow, FLOWS, MANUAL_ACTS, type Status } from './types.js';

/** `docs/lifecycle.md`, written from the table and the texts; a spec compares the file with this. */

const FLOW_TITLES: Readonly<Record<Flow, string>> = { private: 'Private invoices (FPR12, FSM10)', pa: 'Invoices to the public administration (FPA12)' };

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly names: EventCase[];
}

const TRANSPORT_BOX = 'transport';

/** What moves, one edge for each pair of states; an event that leads to one state from every transport state becomes one edge from the box around them. */
function edgesOf(flow: Flow): Edge[] {
  const edges = new Map<string, Edge>();
  const add = (from: string, to: string, name: EventCase): void => {
    const edge = edges.get(`${from} ${to}`) ?? { from, to, names: [] };
    edges.set(`${from} ${to}`, edge);
    edge.names.push(name);
  };
  for (const name of EVENT_CASES) {
    const targets = new Set(TRANSPORT.map((status) => TRANSITIONS[flow][status][name]));
    const [common] = targets;
    const boxed = targets.size === 1 && common !== undefined && !(TRANSPORT as readonly Status[]).includes(common);
    if (boxed) add(TRANSPORT_BOX, common, name);
    for (const status of STATUSES_OF[flow]) {
      const to = TRANSITIONS[flow][status][name];
      if (to !== status && !(boxed && (TRANSPORT as readonly Status[]).includes(status))) add(status, to, name);
    }
  }
  return [...edges.values()];
}

/** A state diagram in mermaid. Edges into `conflict` are left out of the picture: they are in the table below it. */
export function diagram(flow: Flow): string {
  const edges = edgesOf(flow).filter((edge) => edge.to !== 'conflict');
  const inside = (edge: Edge): boolean => [edge.from, edge.to].every((end) => (TRANSPORT as readonly string[]).includes(end));
  const line = (edge: Edge): string => `${edge.from} --> ${edge.to}: ${edge.names.join(', ')}`;
  return [
    'stateDiagram-v2',
    `  [*] --> ${TRANSPORT_BOX}`,
    `  state ${TRANSPORT_BOX} {`,
    '    [*] --> queued',
    ...edges.filter(inside).map((edge) => `    ${line(edge)}`),
    '  }',
    ...edges.filter((edge) => !inside(edge)).map((edge) => `  ${line(edge)}`),
    ...FINAL_STATUSES(flow).map((status) => `  ${status} --> [*]`),
  ].join('\n');
}

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function table(flow: Flow): string {
  const statuses = STATUSES_OF[flow];
  const cell = (status: Status, name: EventCase): string => {
    const to = TRANSITIONS[flow][status][name];
    return to === status ? '·' : to;
  };
  return [row('in \\ event', ...EVENT_CASES), row(...['---', ...EVENT_CASES.map(() => '---')]), ...statuses.map((status) => row(`**${status}**`, ...EVENT_CASES.map((name) => cell(status, name))))].join('\n');
}

function explanations(flow: Flow): string {
  return STATUSES_OF[flow]
    .map((status) => {
      const { who, meaning, todo, law, deadlineDays } = explain(status, flow);
      const marks = [FINAL_STATUSES(flow).includes(status) && 'final', ATTENTION_STATUSES.includes(status) && 'needs a person', deadlineDays !== undefined && `within ${deadlineDays} ${deadlineDays === 1 ? 'day' : 'days'}`].filter(Boolean);
      const list = (language: 'it' | 'en', titles: readonly [string, string, string, string]): string =>
        [`- **${titles[0]}**: ${who[language]}.`, `- **${titles[1]}**: ${meaning[language]}`, `- **${titles[2]}**: ${todo[language]}`, `- **${titles[3]}**: ${law[language]}`].join('\n');
      return `#### \`${status}\`${marks.length > 0 ? ` (${marks.join(', ')})` : ''}\n\n${list('it', ['Chi lo dice', 'Che cosa significa', 'Che cosa fare', 'In diritto'])}\n\n${list('en', ['Who says so', 'What it means', 'What to do', 'In law'])}`;
    })
    .join('\n\n');
}

export function lifecycleDocument(): string {
  return `# The life of an invoice

<!-- Written from src/sdi/lifecycle by its spec: UPDATE_DOCS=1 npx vitest run --project unit src/sdi/lifecycle/document.spec.ts -->

An invoice's state is not stored by whoever hears of something: it is computed from everything that is known of the invoice, each time anew. Every event is a fact from evidence (a receipt,
a message of SdI, an answer of the mail server). The same facts give the same state, whatever the order in which they came and however often.

## How the facts are put together

1. **Rank, not arrival.** Facts are applied from the weakest to the strongest: ${EVENT_CASES.map((name) => `\`${name}\``).join(', ')}. Opening an attempt and putting it off weigh the same:
   the later of the two stands. A fact weaker than what already stands changes nothing.
2. **Each attempt by itself.** An attempt is one hand-over in one PEC message. While SdI is silent the best evidenced attempt speaks: one that reached SdI, else one that the provider accepted, else the
   newest; when the newest failed, an older one that may have left still counts.
3. **Each copy at SdI by itself.** What SdI says under one IdentificativoSdI concerns that copy. A second copy that SdI refuses (00002 file name used before, 00404 document sent before, or any
   rejection that came after the first was taken) never touches the first: it only sets the flag \`duplicate_refused\`. When nothing but a duplicate's refusal has come and more attempts may have got through than were refused, the first copy waits in \`at_sdi\`.
   Two copies that SdI both took are a \`conflict\`, and so is a copy that it took after it had rejected another for any other reason.
4. **Each document of a lot by itself.** RC, MC, NS and AT are about the file. NE and DT are about the documents that they name; without a reference an NE is about all, a DT about those without an answer
   of their own. The file is \`conflict\` if any document is; else it is in the open state of those that are not final; else \`refused\`, else \`terms_expired\`, else \`accepted\`, whichever comes first among its documents.
   The flag \`document_refused\` says that a document was refused while the file is not (yet) \`refused\`: a person has something to do already. An answer about a document that the file does not hold is a \`conflict\`.
5. **Two notices that look alike.** A \`preavviso-errore-consegna\` less than 20 hours after the provider took charge is the first (12 h: wait, flag \`delayed\`), later it is the second (24 h: given up).
6. **Contradictions are shown, not resolved.** \`conflict\` names the events that cannot be true together, and stays until a person has looked.
7. **What a person adds counts by the same table.** A \`manual_note\` is a remark: it stands in the timeline and moves nothing; so does \`manual\`, what a person says that was done outside (\`act\`: ${MANUAL_ACTS.map((act) => `\`${act}\``).join(', ')}): \`sent_elsewhere\` sets the flag of that
   name, for a copy that Corriere knows nothing of may stand at SdI: the rule for silence then sends nothing again, and a person's resend asks for \`force\` and a reason. Where a person vouches for a message that Corriere could not believe, the event that the message claims is
   added under its own name with \`source: person\` and \`facts.vouchedBy\`, and moves the state as evidence of its rank does.

A dot in the tables means: nothing changes. The fold walks these very tables.

${FLOWS.map(
  (flow) => `## ${FLOW_TITLES[flow]}

Final: ${FINAL_STATUSES(flow)
    .map((status) => `\`${status}\``)
    .join(', ')}.

\`\`\`mermaid
${diagram(flow)}
\`\`\`

${table(flow)}

### What each state says

${explanations(flow)}`,
).join('\n\n')}
`;
}
