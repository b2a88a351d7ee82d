import { defineProblem, Problem } from '../../platform/index.js';

const UNSIGNED = defineProblem('trust-message-signer-unknown', 422, { it: 'Firmatario del messaggio non certo', en: 'Signer of the message not certain' });

/** Whoever signed is not known, so there is nobody to trust. */
export function signerUncertain(use: 'pec' | 'sdi'): Problem {
  return new Problem(
    UNSIGNED,
    use === 'pec'
      ? { it: 'Il messaggio non porta una firma integra di un gestore: non si sa con quale certificato sia stato firmato.', en: 'The message bears no sound signature of a provider: by which certificate it was signed is not known.' }
      : {
          it: 'Il messaggio non contiene una notifica del SdI con firma integra, in una busta fidata che viene dal SdI.',
          en: 'The message holds no notification of SdI with a sound signature, in a trusted envelope that comes from SdI.',
        },
    use === 'pec'
      ? { mend: { it: 'Se la fonte è certa per altra via, inviare il certificato in "certificate".', en: 'If its source is certain by another way, send the certificate in "certificate".' } }
      : { mend: { it: 'Se sulla busta il motivo è "issuer_unknown", decidere prima del certificato del gestore (use: pec).', en: 'If the envelope waits for "issuer_unknown", decide about the certificate of the provider first (use: pec).' } },
  );
}
