// Appends messages to a mailbox as fast as it can and tells the UID of each that is stored, to be killed by a test.
require('./typescript.cjs');
const { PgDatabase } = require('../../src/platform/database/pg-database.ts');
const { SilentLog } = require('../../src/platform/log/log.ts');
const { PostgresMailStore } = require('../../src/sandbox/mail/store/postgres-store.ts');

const { databaseUrl, account } = JSON.parse(process.argv[2]);
(async () => {
  const database = await PgDatabase.open({ url: databaseUrl, migrations: [], log: new SilentLog() });
  const store = new PostgresMailStore(database);
  const write = async (writer) => {
    for (let number = 0; ; number += 1) {
      const raw = Buffer.from(`Subject: ${writer}-${number}\r\n\r\n${'x'.repeat(20_000)}`);
      const { uid } = await store.append(account, 'INBOX', raw);
      process.send({ uid, subject: `${writer}-${number}` });
    }
  };
  await Promise.all([0, 1, 2, 3].map(write));
})();
