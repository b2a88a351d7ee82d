/** An invoice as mutations change it: nested lists, nothing checked. */
export interface Node {
  name: string;
  /** As they stand in the tag, with a space before each. */
  attributes: string;
  /** Elements, and raw text between them (references not resolved). */
  children: (Node | string)[];
}

const TOKEN = /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<\/[^>]*>|<[^>]*>|[^<]+/g;

/** Reads one of the seeds; comments and instructions are left out. */
export function parse(xml: string): Node {
  const top: Node = { name: '', attributes: '', children: [] };
  const open = [top];
  for (const [token] of xml.replace(/^\ufeff/, '').matchAll(TOKEN)) {
    if (token.startsWith('<!--') || token.startsWith('<?')) continue;
    if (token.startsWith('</')) {
      open.pop();
    } else if (token.startsWith('<')) {
      const [, name = '', attributes = ''] = /^<([^\s/>]+)([\s\S]*?)\/?>$/.exec(token) ?? [];
      const node: Node = { name, attributes: attributes.trimEnd(), children: [] };
      open.at(-1)?.children.push(node);
      if (!token.endsWith('/>')) open.push(node);
    } else {
      open.at(-1)?.children.push(token);
    }
  }
  const root = top.children.find((child) => typeof child !== 'string');
  if (!root) throw new Error('a seed without root');
  return root;
}

export function copy(node: Node): Node {
  return { name: node.name, attributes: node.attributes, children: node.children.map((child) => (typeof child === 'string' ? child : copy(child))) };
}

export function write(node: Node): string {
  if (node.children.length === 0) return `<${node.name}${node.attributes}/>`;
  let inside = '';
  for (const child of node.children) inside += typeof child === 'string' ? child : write(child);
  return `<${node.name}${node.attributes}>${inside}</${node.name}>`;
}

export interface Place {
  readonly node: Node;
  readonly parent: Node | undefined;
  /** Names from the root, prefixes left out, as the schema table has its paths. */
  readonly path: string;
}

/** Every element with its parent, in the order of the file. */
export function places(root: Node): Place[] {
  const found: Place[] = [];
  const visit = (node: Node, parent: Node | undefined, above: string): void => {
    const path = `${above}/${node.name.slice(node.name.indexOf(':') + 1)}`;
    found.push({ node, parent, path });
    for (const child of node.children) if (typeof child !== 'string') visit(child, node, path);
  };
  visit(root, undefined, '');
  return found;
}

export const isLeaf = (node: Node): boolean => node.children.every((child) => typeof child === 'string');
export const elementsOf = (node: Node): Node[] => node.children.filter((child): child is Node => typeof child !== 'string');
