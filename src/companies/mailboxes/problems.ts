import { defineProblem, type Finding, Problem } from '../../platform/http/problem.js';

const INCOMPLETE = defineProblem('mailbox-incomplete', 422, { it: 'Casella incompleta', en: 'Mailbox incomplete' });
const PASSWORD_NEEDED = defineProblem('mailbox-password-needed', 422, { it: 'Serve la password', en: 'The password is needed' });
const HOST_PRIVATE = defineProblem('mailbox-host-private', 422, { it: 'Server non pubblico', en: 'Server not public' });
const SANDBOX = defineProblem('mailbox-of-sandbox', 409, { it: 'Casella del sandbox', en: 'Mailbox of the sandbox' });
const ADDRESS_IN_USE = defineProblem('mailbox-address-in-use', 409, { it: 'Indirizzo già usato per inviare', en: 'Address already used for sending' });

const NOT_READ = defineProblem('mailbox-not-read', 409, { it: 'Casella non letta', en: 'Mailbox not read' });

const error = (code: string, path: string, message: Finding['message']): Finding => ({ code, severity: 'error', path, message });

export function missing(path: string): Problem {
  return new Problem(
    INCOMPLETE,
    { it: `Manca ${path}: il gestore scelto non ha un valore noto.`, en: `${path} is missing: the chosen provider has no known value for it.` },
    { findings: [error('required', path, { it: 'Campo obbligatorio', en: 'Required' })] },
  );
}

/** A stored password goes to the server for which it was given, and to no other. */
export function passwordNeeded(sides: readonly ('smtp' | 'imap')[]): Problem {
  return new Problem(
    PASSWORD_NEEDED,
    {
      it: 'Chi cambia host, porta, sicurezza o utente di un lato deve indicarne anche la password: quella conservata non viene mandata a un altro server.',
      en: 'Whoever changes host, port, security or user of a side must give its password too: the stored one is not sent to another server.',
    },
    { findings: sides.map((side) => error('password-needed', `/${side}/password`, { it: `Indicare la password ${side.toUpperCase()} (o "password" per entrambi i lati)`, en: `Give the ${side.toUpperCase()} password (or "password" for both sides)` })) },
  );
}

export function privateHosts(sides: readonly ('smtp' | 'imap')[]): Problem {
  return new Problem(
    HOST_PRIVATE,
    {
      it: 'Il server indicato è di una rete privata, locale o riservata, che questo servizio non chiama. Chi gestisce il servizio può permettere le reti private con CORRIERE_WEBHOOKS_PRIVATE=on.',
      en: 'The server belongs to a private, local or reserved network, which this service does not call. Whoever runs the service can allow private networks with CORRIERE_WEBHOOKS_PRIVATE=on.',
    },
    { findings: sides.map((side) => error('host-private', `/${side}/host`, { it: 'Usare il nome pubblico del server', en: 'Use the public name of the server' })) },
  );
}

export function ofSandbox(): Problem {
  return new Problem(SANDBOX, {
    it: 'Indirizzo, server, utente, password e firmatari della casella del sandbox non si cambiano: per inviare davvero, collegare un’altra casella.',
    en: 'Address, servers, user, passwords and signers of the mailbox of the sandbox cannot be changed: to send for real, attach another mailbox.',
  });
}

export function addressInUse(): Problem {
  return new Problem(ADDRESS_IN_USE, {
    it: 'Da questa casella è già partito qualcosa, e le sue ricevute portano questo indirizzo: per usarne un altro, collegare una nuova casella.',
    en: 'Something was sent from this mailbox already, and its receipts bear this address: to use another one, attach a new mailbox.',
  });
}

export function notRead(): Problem {
  return new Problem(NOT_READ, {
    it: 'La casella è disattivata e nessuno la legge: attivarla (PATCH con { "enabled": true }) e ripetere.',
    en: 'The mailbox is disabled and nobody reads it: enable it (PATCH with { "enabled": true }) and ask again.',
  });
}
