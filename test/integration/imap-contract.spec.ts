import { describe, it } from 'vitest';
import { startDovecot } from '../support/dovecot.js';
import { imapContract } from '../support/imap-contract.js';
import { missingPrograms } from '../support/system-programs.js';

const missing = missingPrograms('dovecot');

if (missing) describe('IMAP: Dovecot', () => it.skip(missing, () => undefined));
else {
  imapContract('Dovecot', async () => {
    const dovecot = await startDovecot();
    let accounts = 0;
    return {
      port: dovecot.imapPort,
      ca: dovecot.tls.cert,
      account: async () => {
        const user = { address: `casella${++accounts}@pec.example.it`, password: 'segreto' };
        dovecot.addUser(user);
        return { user: user.address, password: user.password };
      },
      close: () => dovecot.close(),
    };
  });
}
