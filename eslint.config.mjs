import path from 'node:path';
import { fileURLToPath } from 'node:url';
import tseslint from 'typescript-eslint';

/**
 * The rooms and the arrows between them: each room may import only itself, npm packages and the rooms listed.
 * The table is a directed graph without circles (checked below), so no import can make one.
 */
const ARROWS = {
  signature: [],
  fatturapa: ['signature'],
  pec: ['signature'],
  sdi: ['signature', 'fatturapa'],
  platform: [],
  evidence: ['platform', 'companies', 'pec', 'sdi', 'signature', 'fatturapa'],
  companies: ['platform', 'signature', 'pec', 'sdi', 'fatturapa'],
  invoices: ['platform', 'evidence', 'companies', 'fatturapa', 'signature', 'pec', 'sdi'],
  outbox: ['platform', 'evidence', 'companies', 'invoices', 'pec', 'sdi'],
  received: ['platform', 'evidence', 'companies', 'fatturapa', 'signature', 'pec', 'sdi'],
  inbox: ['platform', 'evidence', 'companies', 'invoices', 'outbox', 'received', 'signature', 'pec', 'sdi', 'fatturapa'],
  deadlines: ['platform', 'companies', 'invoices', 'sdi'],
  webhooks: ['platform', 'companies', 'invoices', 'sdi'],
  sandbox: ['platform', 'companies', 'invoices', 'signature', 'pec', 'sdi', 'fatturapa'],
  dashboard: ['platform', 'companies', 'invoices', 'outbox', 'inbox', 'webhooks', 'sandbox', 'sdi'],
  replay: ['platform', 'evidence', 'companies', 'invoices', 'outbox', 'inbox', 'received'],
  cli: ['fatturapa', 'signature', 'pec', 'sdi', 'platform', 'evidence', 'companies', 'replay'],
};

/** Files beside the rooms, and who may import them. */
const BESIDE = { 'migrations.ts': ['cli'] };

/** Rooms that know the field and touch neither network, database, file system nor framework. */
const PURE = ['fatturapa', 'signature', 'pec', 'sdi'];
const IMPURE_MODULES = /^(node:)?(fs|fs\/promises|net|tls|http|https|http2|dns|dgram|child_process|cluster|worker_threads|os|process|readline)$/;
const IMPURE_PACKAGES = /^(@nestjs\/|typeorm|pg$|bullmq|ioredis|imapflow|nodemailer|smtp-server|express|pino)/;

function assertNoCircle(room, trail = []) {
  if (trail.includes(room)) throw new Error(`rooms in a circle: ${[...trail, room].join(' -> ')}`);
  for (const next of ARROWS[room]) assertNoCircle(next, [...trail, room]);
}
Object.keys(ARROWS).forEach((room) => assertNoCircle(room));

const SRC = path.join(path.dirname(fileURLToPath(import.meta.url)), 'src');
const roomOf = (file) => {
  const relative = path.relative(SRC, file);
  return relative.startsWith('..') || !relative.includes(path.sep) ? undefined : relative.split(path.sep)[0];
};

const arrows = {
  meta: { type: 'problem', schema: [], messages: { arrow: '{{from}} must not import {{to}}', pure: '{{from}} is a pure room and must not import {{to}}', room: '{{to}} is not a room' } },
  create(context) {
    const from = roomOf(context.filename);
    if (!from) return {};
    const check = (node, source) => {
      if (typeof source !== 'string') return;
      if (!source.startsWith('.')) {
        if (PURE.includes(from) && !/\.spec\.ts$/.test(context.filename) && (IMPURE_MODULES.test(source) || IMPURE_PACKAGES.test(source))) {
          context.report({ node, messageId: 'pure', data: { from, to: source } });
        }
        return;
      }
      const target = path.resolve(path.dirname(context.filename), source);
      if (BESIDE[path.relative(SRC, target).replace(/\.js$/, '.ts')]?.includes(from)) return;
      const to = roomOf(target);
      if (to === from || (to === undefined && /\.spec\.ts$/.test(context.filename))) return;
      if (to === undefined) return context.report({ node, messageId: 'arrow', data: { from, to: source } });
      if (!ARROWS[from]?.includes(to)) context.report({ node, messageId: 'arrow', data: { from, to } });
    };
    return {
      ImportDeclaration: (node) => check(node, node.source.value),
      ExportNamedDeclaration: (node) => node.source && check(node, node.source.value),
      ExportAllDeclaration: (node) => check(node, node.source.value),
      ImportExpression: (node) => check(node, node.source.value),
      TSImportType: (node) => check(node, node.source?.value),
    };
  },
};

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'data/**'] },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommended],
    plugins: { rooms: { rules: { arrows } } },
    rules: {
      'rooms/arrows': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-syntax': ['error', { selector: "CallExpression[callee.name='parseFloat']", message: 'money and quantities are decimals, never floats' }],
    },
  },
  { files: ['**/*.spec.ts', 'test/**'], rules: { '@typescript-eslint/no-non-null-assertion': 'off' } },
);
