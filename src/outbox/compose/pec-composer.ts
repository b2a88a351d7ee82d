import { Injectable } from '@nestjs/common';
import { composeInvoiceMail } from '../../pec/compose.js';
import { Composer, type InvoiceMail } from './composer.js';

@Injectable()
export class PecComposer extends Composer {
  override compose(mail: InvoiceMail): Buffer {
    return composeInvoiceMail(mail);
  }
}
