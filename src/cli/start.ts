import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Command, UsageError } from './command.js';

const ROLES = ['all', 'api', 'worker'];

/** The compiled service: beside this file when installed, under `dist` in a checkout. */
function serviceFile(): string | undefined {
  return [path.join(__dirname, '..', 'main.js'), path.join(__dirname, '..', '..', 'dist', 'main.js')].find((file) => existsSync(file));
}

export const command: Command = {
  help: {
    it: 'corriere start [--role all|api|worker]\n\nAvvia il servizio. Le impostazioni sono variabili d\'ambiente (si veda docs).',
    en: 'corriere start [--role all|api|worker]\n\nStarts the service. Settings are environment variables (see docs).',
  },
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { role: { type: 'string' } }, strict: true });
    if (values.role !== undefined && !ROLES.includes(values.role)) throw new UsageError({ it: `--role accetta ${ROLES.join(', ')}`, en: `--role takes ${ROLES.join(', ')}` });
    if (values.role !== undefined) process.env['CORRIERE_ROLE'] = values.role;
    const service = serviceFile();
    if (!service) throw new UsageError({ it: 'il servizio non è compilato: eseguire prima npm run build', en: 'the service is not built: run npm run build first' });
    // The service ends the process itself: it owns the only shutdown path.
    await (import(service) as Promise<unknown>);
    return 0;
  },
};
