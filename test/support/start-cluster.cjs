// Starts a cluster in a process of its own that a test can kill. Argument: ClusterOptions as JSON, without the log.
require('./typescript.cjs');
const { Cluster } = require('../../src/platform/embedded/cluster.ts');
const { SilentLog } = require('../../src/platform/log/log.ts');

Cluster.start({ ...JSON.parse(process.argv[2]), log: new SilentLog() }).then((cluster) => process.send(cluster.port));
setInterval(() => undefined, 1_000);
