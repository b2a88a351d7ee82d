// The platform with one small room on it, in a process of its own, for tests of its life and death.
require('./typescript.cjs');
const { startSmallService } = require('./small-service.ts');

startSmallService().catch((error) => {
  console.error(error.name === 'EmbeddedError' || error.name === 'SettingsError' ? `corriere: ${error.message}` : error);
  process.exit(2);
});
