// A worker in a process of its own that takes a job and never finishes it, to be killed by a test.
require('./typescript.cjs');
const { openJobs } = require('./jobs.ts');
const { PgDatabase } = require('../../src/platform/database/pg-database.ts');
const { SilentLog } = require('../../src/platform/log/log.ts');
const { Stuck } = require('./jobs-contract-kinds.ts');

const { place, databaseUrl } = JSON.parse(process.argv[2]);
(async () => {
  const database = await PgDatabase.open({ url: databaseUrl, migrations: [], log: new SilentLog() });
  const jobs = openJobs(place, database);
  jobs.handle(Stuck, async (payload) => {
    process.send(payload.id);
    await new Promise(() => setInterval(() => undefined, 1_000));
  });
  await jobs.start();
  process.send('ready');
})();
