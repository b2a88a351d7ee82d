import { imapContract } from '../../../../test/support/imap-contract.js';
import { testDatabase } from '../../../../test/support/database.js';
import { mailIdentity } from '../../../../test/support/mail-identity.js';
import { MemoryMailStore } from '../store/memory-store.js';
import { PostgresMailStore } from '../store/postgres-store.js';
import type { MailStore } from '../types.js';
import { createImapServer } from './server.js';

async function start(store: MailStore, close: () => Promise<void>) {
  const tls = await mailIdentity();
  let accounts = 0;
  const errors: unknown[] = [];
  const server = await createImapServer({
    tls,
    store,
    authenticate: (user, password) => (password === 'segreto' ? { account: user, address: user } : undefined),
    onError: (error) => void errors.push(error),
  });
  return {
    port: server.port,
    ca: tls.cert,
    account: async () => ({ user: `casella${++accounts}@pec.example.it`, password: 'segreto' }),
    close: async () => {
      await server.close();
      await close();
      if (errors.length > 0) throw new AggregateError(errors, 'the server met errors of its own');
    },
  };
}

imapContract('the sandbox in memory', () => start(new MemoryMailStore(), async () => undefined));
imapContract('the sandbox in the database', async () => {
  const db = await testDatabase();
  return start(new PostgresMailStore(db.database), () => db.close());
});
