import type { SchemaTable } from '../../src/fatturapa/schema/index.js';
import { escaped, fresh, valueFor } from './fresh.js';
import type { Random } from './random.js';
import { SIGNATURES, signature } from './signature-template.js';
import { copy, elementsOf, isLeaf, type Node, parse, type Place, places } from './tree.js';
import { anyValue } from './values.js';

export interface Tree {
  root: Node;
  readonly schema: SchemaTable;
}

/** Changes the tree in place. One that finds nothing to change leaves it. */
type Mutation = (random: Random, tree: Tree) => void;

const anyPlace = (random: Random, tree: Tree): Place => random.pick(places(tree.root));
const anyChild = (random: Random, tree: Tree): Place & { parent: Node } => {
  const below = places(tree.root).slice(1);
  const place = below.length > 0 ? random.pick(below) : undefined;
  return place?.parent ? { ...place, parent: place.parent } : { node: tree.root, parent: { name: '', attributes: '', children: [tree.root] }, path: '' };
};
const anyLeaf = (random: Random, tree: Tree): Place => {
  const leaves = places(tree.root).filter(({ node }) => isLeaf(node));
  return leaves.length > 0 ? random.pick(leaves) : { node: tree.root, parent: undefined, path: '' };
};
const remove = (parent: Node, child: Node): void => {
  parent.children = parent.children.filter((one) => one !== child);
};
const insert = (random: Random, parent: Node, child: Node | string): void => {
  parent.children.splice(random.below(parent.children.length + 1), 0, child);
};
const textOf = (node: Node): string => node.children.filter((child) => typeof child === 'string').join('');

const COMMENTS = ['<!-- c -->', '<!---->', '<!-- <a> & ]]> -->', '<!-- - - -->', '<!-- a--b -->', '<!--->', '<!-- c --->', '<!-- \u20ac \u{1f600} -->', '<!-- \u0001 -->', '<!x>', '<!-- '];
const INSTRUCTIONS = ['<?p?>', '<?p x?>', '<?p x ? > ?>', '<?xml-stylesheet type="text/xsl" href="a.xsl"?>', '<?xml version="1.0"?>', '<?XML x?>', '<?p:q x?>', '<? p?>', '<?p', '<?1?>', '<?p\u00e0 \u20ac?>', '<?p+?>', '<?p\n?>'];
const CDATAS = ['<![CDATA[]]>', '<![CDATA[x]]>', '<![CDATA[ ]]>', '<![CDATA[<&>]]>', '<![CDATA[]]]]>', '<![CDATA[]]', '<![cdata[x]]>', '<![CDATA[\u20ac]]>', '<![CDATA[\r\n]]>'];
const REFERENCES = ['&#65;', '&#x41;', '&#X41;', '&#0;', '&#9;', '&#10;', '&#13;', '&#32;', '&#xD800;', '&#xFFFE;', '&#xFFFF;', '&#x20AC;', '&#x1F600;', '&#x110000;', '&#xE0;', '&amp;', '&lt;', '&gt;', '&quot;', '&apos;', '&nbsp;', '&euro;', '&;', '&#;', '&#x;', '& ', '&amp', '&#65', '&#-1;', '&#0065;', '&#x00000041;', '&#4294967361;', '&AMP;', '&p:q;'];
const BLANKS = [' ', '\n', '\t', '\r\n', '\r', '\n      ', '  \t\n '];
const XSI = ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
const ATTRIBUTES = [' a="b"', ' a=""', ' versione="FPR12"', ' SistemaEmittente="ABC"', ' SistemaEmittente=""', ' SistemaEmittente="12345678901"', ' SistemaEmittente="a&#9;b"', ' SistemaEmittente="a\nb"', ' SistemaEmittente="\u20ac"', ' xml:lang="it"', ' xml:space="preserve"', ' xml:space="x"', ' xmlns:x="urn:x"', ' xmlns:x="x"', ' xmlns:x="a b"', ' xmlns:x=""', ' xmlns:x="http://a/%zz"', ' xmlns:x="http://a/\u00e0"', ' xmlns:x="http://[::1]/"', ' xmlns:x="urn:x#a#b"', ' xmlns=""', ' xmlns="urn:y"', ' xmlns:xml="http://www.w3.org/XML/1998/namespace"', ' xmlns:xml="urn:x"', ' xmlns:xmlns="urn:x"', ' xmlns:x="http://www.w3.org/2000/xmlns/"', ' xmlns:x="http://www.w3.org/XML/1998/namespace"', ' xmlns:p="urn:other"', ' x:a="b"', `${XSI} xsi:schemaLocation="urn:a b.xsd"`, `${XSI} xsi:schemaLocation="urn:a"`, `${XSI} xsi:schemaLocation=""`, `${XSI} xsi:noNamespaceSchemaLocation="a.xsd"`, `${XSI} xsi:nil="true"`, `${XSI} xsi:nil="false"`, `${XSI} xsi:type="p:String20Type"`, `${XSI} xsi:type="p:String10Type"`, `${XSI} xsi:type="p:FatturaElettronicaType"`, `${XSI} xsi:type="Pippo"`, `${XSI} xsi:foo="a"`, ' a="1" a="2"', ' a="<"', ' a="&"', ' a="&amp;&#65;"', " a='b'", ' a=b', ' a', ' a="b"c="d"', ' a = "b"', '\n', ' \t', ' a="b', ' :a="b"', ' a:="b"', ' a:b:c="d"', ' 1="a"', ' \u00e0="b"', ' xmlns:x="urn:x" x:a="b"', ' xmlns:x="urn:x" xmlns:y="urn:x" x:a="1" y:a="2"', ' xmlns:x="urn:x" xmlns:x="urn:x"', ' Id="s1"', ' Id="a b"', ' Id="1"', ' Id=" x "', ' Id=""', ' Algorithm="urn:x"', ' URI="#a"', ' URI="a b"', ' URI="%"', ' URI="http://a:b/"', ' URI="\u20ac<>"'.replace('<', '&lt;'), ' Target="x"', ' Type=":"', ' Encoding="//"', ' MimeType="a&#10;b"'];

/** Changes that leave a valid document valid, mostly. */
const GENTLE: readonly Mutation[] = [
  function whiteSpaceBetween(random, tree) {
    const { node } = anyPlace(random, tree);
    if (!isLeaf(node)) insert(random, node, random.pick(BLANKS));
  },
  function comment(random, tree) {
    insert(random, anyPlace(random, tree).node, random.chance(0.7) ? '<!-- c -->' : random.pick(COMMENTS));
  },
  function instruction(random, tree) {
    insert(random, anyPlace(random, tree).node, random.chance(0.7) ? '<?p x?>' : random.pick(INSTRUCTIONS));
  },
  function splitByComment(random, tree) {
    const { node } = anyLeaf(random, tree);
    const text = textOf(node);
    const at = random.below(text.length + 1);
    if (!/[&\]]/.test(text)) node.children = [text.slice(0, at), random.pick(['<!-- c -->', '<?p?>', '<![CDATA[]]>']), text.slice(at)];
  },
  function wrapInCdata(random, tree) {
    const { node } = anyLeaf(random, tree);
    const text = textOf(node);
    if (!/[&<\]]/.test(text)) node.children = [`<![CDATA[${text}]]>`];
  },
  function byReference(random, tree) {
    const { node } = anyLeaf(random, tree);
    const text = textOf(node);
    const at = random.below(text.length);
    const code = text.codePointAt(at);
    if (code === undefined || /[&<;#]/.test(text)) return;
    const reference = random.chance(0.5) ? `&#${code};` : `&#x${code.toString(16)};`;
    node.children = [text.slice(0, at) + reference + text.slice(at + String.fromCodePoint(code).length)];
  },
  function dropOptional(random, tree) {
    const optional = places(tree.root).filter(({ path }) => tree.schema.at(path)?.min === 0);
    if (optional.length === 0) return;
    const { node, parent } = random.pick(optional);
    if (parent) remove(parent, node);
  },
  function repeatRepeatable(random, tree) {
    const repeatable = places(tree.root).filter(({ path }) => (tree.schema.at(path)?.max ?? 1) > 1);
    if (repeatable.length === 0) return;
    const { node, parent } = random.pick(repeatable);
    parent?.children.splice(parent.children.indexOf(node), 0, copy(node));
  },
  function rightValue(random, tree) {
    const { node, path } = anyLeaf(random, tree);
    const type = tree.schema.at(path)?.type;
    if (type) node.children = [escaped(valueFor(random, type))];
  },
  function addOptionalInPlace(random, tree) {
    const { node, path } = anyPlace(random, tree);
    const def = tree.schema.at(path);
    if (!def || def.type) return;
    const there = new Set(elementsOf(node).map((child) => child.name));
    const addable = def.children.filter((child) => child.min === 0 && !there.has(child.name));
    if (addable.length === 0) return;
    const adding = random.pick(addable);
    const later = new Set(def.children.slice(def.children.indexOf(adding) + 1).map((child) => child.name));
    const before = node.children.findIndex((child) => typeof child !== 'string' && (later.has(child.name) || child.name === 'ds:Signature'));
    node.children.splice(before < 0 ? node.children.length : before, 0, fresh(random, adding, random.pick([0, 0.5, 1])));
  },
  function longForm(random, tree) {
    const { node } = anyPlace(random, tree);
    if (node.children.length === 0) node.children.push('');
  },
  function rootPrefix(random, tree) {
    const prefix = random.pick(['ns2', 'a', 'FatturaElettronica', 'x-1.y_z', '\u00e0', 'P']);
    tree.root.name = tree.root.name.replace(/^[^:]*:/, `${prefix}:`);
    tree.root.attributes = tree.root.attributes.replace(/xmlns:[^=\s]+=("[^"]*fatture\/v1)/, `xmlns:${prefix}=$1`);
  },
  function sign(random, tree) {
    if (!elementsOf(tree.root).some((child) => child.name === 'ds:Signature')) tree.root.children.push(parse(signature(random.below(SIGNATURES))));
  },
  function spaceInTag(random, tree) {
    anyPlace(random, tree).node.attributes += random.pick([' ', '\n', '\t', '\r\n']);
  },
  function goodAttribute(random, tree) {
    const { node } = anyPlace(random, tree);
    node.attributes += random.pick([' xmlns:x="urn:x"', ` xmlns:xs="http://www.w3.org/2001/XMLSchema"`, `${XSI} xsi:schemaLocation="urn:a b.xsd"`, `${XSI} xsi:noNamespaceSchemaLocation="b.xsd"`]);
  },
];

/** Changes that break something, mostly. */
const ROUGH: readonly Mutation[] = [
  function drop(random, tree) {
    const { node, parent } = anyChild(random, tree);
    remove(parent, node);
  },
  function repeat(random, tree) {
    const { node, parent } = anyChild(random, tree);
    for (let times = random.pick([1, 1, 1, 2, 60]); times > 0; times -= 1) parent.children.splice(parent.children.indexOf(node), 0, copy(node));
  },
  function swap(random, tree) {
    const { node, parent } = anyChild(random, tree);
    const siblings = elementsOf(parent);
    const other = siblings[siblings.indexOf(node) + 1];
    if (!other) return;
    const [a, b] = [parent.children.indexOf(node), parent.children.indexOf(other)];
    [parent.children[a], parent.children[b]] = [other, node];
  },
  function shuffle(random, tree) {
    const { parent } = anyChild(random, tree);
    parent.children = parent.children.map((child) => ({ child, key: random.fraction() })).sort((a, b) => a.key - b.key).map(({ child }) => child);
  },
  function moveElsewhere(random, tree) {
    const { node, parent } = anyChild(random, tree);
    remove(parent, node);
    insert(random, anyPlace(random, tree).node, copy(node));
  },
  function rename(random, tree) {
    const { node } = anyPlace(random, tree);
    const name = node.name;
    const at = random.below(name.length);
    node.name = random.pick([
      () => random.pick(tree.schema.elements).name,
      () => name.toLowerCase(),
      () => name.slice(0, at) + name.slice(at + 1),
      () => name.slice(0, at) + random.pick([...'xX1-.: \u00e0\u00d7\u{10000}']) + name.slice(at),
      () => `p:${name}`,
      () => `q:${name}`,
      () => name.replace(/^[^:]*:/, ''),
      () => 'ds:Signature',
      () => 'ds:KeyName',
      () => `${name}${random.pick(['a', '1', '\u0301'])}`,
    ])();
  },
  function nest(random, tree) {
    const { node, parent } = anyChild(random, tree);
    const around: Node = { name: random.pick([node.name, parent.name, random.pick(tree.schema.elements).name]), attributes: '', children: [node] };
    const at = parent.children.indexOf(node);
    if (at >= 0) parent.children[at] = around;
  },
  function unwrap(random, tree) {
    const { node, parent } = anyChild(random, tree);
    const at = parent.children.indexOf(node);
    if (at >= 0) parent.children.splice(at, 1, ...node.children);
  },
  function blank(random, tree) {
    const { node } = random.chance(0.3) ? anyPlace(random, tree) : anyLeaf(random, tree);
    node.children = random.pick([[], [''], [' '], ['\n'], ['<!-- c -->'], ['<![CDATA[]]>']]);
  },
  function anyValueInLeaf(random, tree) {
    const { node, path } = anyLeaf(random, tree);
    const value = anyValue(random, tree.schema.at(path)?.type);
    node.children = [random.chance(0.97) ? escaped(value) : value];
  },
  function characterInValue(random, tree) {
    const { node, path } = anyLeaf(random, tree);
    const type = tree.schema.at(path)?.type;
    let text = random.chance(0.5) || !type ? textOf(node) : escaped(valueFor(random, type));
    for (let times = random.pick([1, 1, 2, 3]); times > 0; times -= 1) {
      const at = random.below(text.length + 1);
      const character = random.chance(0.8) ? String.fromCharCode(random.between(0x21, 0x7e)) : String.fromCharCode(random.between(0x20, 0x24f));
      text = text.slice(0, at) + random.pick(['', escaped(character), escaped(character)]) + text.slice(at + random.pick([0, 1]));
    }
    node.children = [text];
  },
  function padValue(random, tree) {
    const { node } = anyLeaf(random, tree);
    const text = textOf(node);
    const blank = random.pick([...BLANKS, '\u00a0', '\u0085', '\u2028']);
    node.children = [random.pick([blank + text, text + blank, text.slice(0, text.length >> 1) + blank + text.slice(text.length >> 1), text.slice(1), text.slice(0, -1), text + text])];
  },
  function reference(random, tree) {
    const { node } = random.chance(0.3) ? anyPlace(random, tree) : anyLeaf(random, tree);
    insert(random, node, random.pick(REFERENCES));
  },
  function cdata(random, tree) {
    insert(random, anyPlace(random, tree).node, random.pick(CDATAS));
  },
  function looseText(random, tree) {
    insert(random, anyPlace(random, tree).node, random.pick(['x', 'EUR', '\u00a0', '.', ']]>', '\u20ac', ']', '>', '\u0000', '\u000b', '\ufffe', '\ufeff', '\u007f', '\u0085']));
  },
  function attribute(random, tree) {
    const { node } = random.chance(0.3) ? { node: tree.root } : anyPlace(random, tree);
    node.attributes += random.pick(ATTRIBUTES);
  },
  function changeAttributes(random, tree) {
    const { node } = random.pick(places(tree.root).filter((place) => place.node.attributes.includes('=')));
    const list = [...node.attributes.matchAll(/\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*')/g)].map(([one]) => one);
    if (list.length === 0) return;
    const one = random.pick(list);
    const [, name = '', value = ''] = /^\s+([^=]+?)\s*=\s*["'](.*)["']$/s.exec(one) ?? [];
    const changed = random.pick(['', ` ${name}=""`, ` ${name}="${value}x"`, ` ${name}=" ${value}"`, ` ${name}='${value}'`, ` ${name.toLowerCase()}="${value}"`, ` ${name}x="${value}"`, one + one, ` ${name}="FPA12"`, ` ${name}="FPR12"`, ` ${name}="FSM10"`, ` ${name}="${value}"\n`, ` ${name}="a b"`, ` ${name}="#\u20ac"`]);
    node.attributes = node.attributes.replace(one, () => changed);
  },
  function wrongNamespace(random, tree) {
    tree.root.attributes = tree.root.attributes.replace(/fatture\/v1\.\d/, random.pick(['fatture/v1.0', 'fatture/v1.1', 'fatture/v1.2', 'fatture/v1.2.1', 'fatture/V1.2', 'fatture/v1.2/', ' fatture/v1.2', 'fatture/v1.&#50;']));
  },
  function defaultNamespace(random, tree) {
    tree.root.name = tree.root.name.replace(/^[^:]*:/, '');
    tree.root.attributes = tree.root.attributes.replace(/xmlns:[^=\s]+=("[^"]*fatture\/v1)/, 'xmlns=$1');
    if (random.chance(0.7)) for (const child of elementsOf(tree.root)) child.attributes += ' xmlns=""';
  },
  function addKnown(random, tree) {
    const { node, path } = anyPlace(random, tree);
    const children = tree.schema.at(path)?.children ?? [];
    const def = children.length > 0 && random.chance(0.7) ? random.pick(children) : random.pick(tree.schema.elements.slice(1));
    insert(random, node, fresh(random, def, random.pick([0, 0.5])));
  },
  function signSomewhere(random, tree) {
    insert(random, random.chance(0.5) ? tree.root : anyPlace(random, tree).node, parse(signature(random.below(SIGNATURES))));
  },
  function changeSignature(random, tree) {
    const inside = places(tree.root).filter(({ path, node }) => path.includes('/Signature') && node.name !== 'ds:Signature');
    if (inside.length === 0) {
      tree.root.children.push(parse(signature(random.below(SIGNATURES))));
      return;
    }
    const { node, parent } = random.pick(inside);
    const other = random.pick(inside).node;
    random.pick([
      () => parent && remove(parent, node),
      () => parent?.children.splice(parent.children.indexOf(node), 0, copy(node)),
      () => insert(random, other, copy(node)),
      () => {
        node.name = other.name;
      },
      () => {
        node.name = random.pick(['ds:KeyName', 'ds:Manifest', 'ds:X509Data', 'ds:Object', 'ds:SignatureProperty', 'any', 'ds:foo', 'x:foo', 'ds:Signature', 'ds:DigestValue', 'ds:Transforms', 'p:FatturaElettronica']);
        if (node.name === 'x:foo') node.attributes += ' xmlns:x="urn:x"';
      },
      () => {
        node.children = [random.pick(['', ' ', 'AAAA', 'AAA', '1', ' 12 ', '-1', '+1', '1.0', 'x', '999999999999999999999999', '9999999999999999999999999', '1234567890123456789012345678901234567890', '\u20ac', '<![CDATA[AAAA]]>', '<!-- c -->'])];
      },
      () => insert(random, node, random.pick(['x', '<![CDATA[]]>', '<![CDATA[ ]]>', '<x/>', '<x xmlns="urn:x"/>', '<ds:foo/>', '<ds:KeyName/>', '<ds:KeyValue/>', '<ds:DigestMethod/>', '<p:FatturaElettronica/>', '<x a="b" xmlns:q="urn:q" q:b="c"><ds:Transforms/></x>'])),
      () => {
        node.attributes = '';
      },
      () => {
        node.attributes += random.pick(ATTRIBUTES);
      },
    ])();
  },
];

/** How often a change is a gentle one. */
const GENTLE_SHARE = 0.62;

export function mutateTree(random: Random, tree: Tree): void {
  random.pick(random.chance(GENTLE_SHARE) ? GENTLE : ROUGH)(random, tree);
}
