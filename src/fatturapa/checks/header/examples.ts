import type { Text } from '../../schema/types.js';

const AGENCY: Text = {
  it: 'è uno dei numeri degli esempi pubblicati dall’Agenzia delle Entrate',
  en: 'it is one of the numbers of the samples that the tax agency publishes',
};
const PUBLIC: Text = {
  it: 'è uno dei numeri inventati di esempi pubblici',
  en: 'it is one of the invented numbers of public samples',
};

/** Numbers of sample invoices in circulation: their check digits are wrong and they belong to nobody. By number and not by looks: a true invoice may hold two mistyped ids at once. */
const EXAMPLES: ReadonlyMap<string, Text> = new Map([
  ...['01234567890', '09876543210'].map((number): [string, Text] => [number, AGENCY]),
  ...['00123456789', '00444448888', '01001100110', '01111118888', '01222222222', '03333333333', '04445555444', '04848484848', '12345678912'].map((number): [string, Text] => [number, PUBLIC]),
]);

/** Why a wrong id is a sample's and not a mistyped one: then it is a warning, so that samples pass. */
export function exampleReason(value: string): Text | undefined {
  return EXAMPLES.get(value);
}
