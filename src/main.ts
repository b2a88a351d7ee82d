import { AppModule } from './app.module.js';
import { ApiKeys } from './companies/auth/api-keys.js';
import { ensureFirstKey } from './companies/first-key.js';
import { describeDocuments } from './invoices/intake/api-documents.js';
import { takesDocuments } from './invoices/intake/upload.js';
import { MIGRATIONS } from './migrations.js';
import { bootstrap } from './platform/bootstrap.js';
import { addressOf, readSettings, SettingsError } from './platform/config/read-settings.js';
import { settleHeap } from './platform/settle-heap.js';
import { StartError } from './platform/start-error.js';

/** Starts the service and says where it is. Exits with 2 when a person has to mend something first. */
async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const { app, port } = await bootstrap({ settings, migrations: MIGRATIONS, createModule: (platform) => AppModule.on(platform), leaveBody: takesDocuments, completeApi: describeDocuments });
  settleHeap();
  const first = await ensureFirstKey(settings, app.get(ApiKeys));
  const address = addressOf(settings.host, port);
  const lines = ['Corriere is ready.'];
  if (settings.role === 'worker') lines.push(`  Health     ${address}/readyz`);
  else lines.push(`  Dashboard  ${address}/`, `  API docs   ${address}/docs`);
  if (first.key !== undefined) lines.push(`  API key    ${first.key}   (shown once; also in ${first.file ?? ''})`);
  else if (first.file !== undefined) lines.push(`  API key    in ${first.file}`);
  else lines.push('  API key    the one in CORRIERE_API_KEY');
  console.log(lines.join('\n'));
}

main().catch((error: unknown) => {
  const mendable = error instanceof SettingsError ? error.lines : error instanceof StartError ? [error.message] : undefined;
  if (mendable) for (const line of mendable) console.error(`corriere: ${line}`);
  else console.error(error);
  process.exit(mendable ? 2 : 1);
});
