import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import { api } from '../../api/client.js';
import { ApiProblem } from '../../api/problem.js';
import type { MessageDetail } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { CheckField } from '../../ui/fields.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { useToast } from '../../ui/toasts.js';
import { ChooseInvoice } from './choose-invoice.js';
import { NoteField } from './note-field.js';
import { putMessage } from './put-message.js';

/**
 * To which invoice, as what, and why. A remark moves nothing; whoever vouches says so in words first, and once more where something speaks against it.
 */
export function AttachDialog({ message, onClose }: { message: MessageDetail; onClose: () => void }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const toast = useToast();
  const form = useId();
  const open = message.claims.filter(({ vouched }) => !vouched);
  const attached = message.reason === 'attached_by_person' ? (message.invoiceId ?? '') : '';
  const [invoiceId, setInvoiceId] = useState(attached || (message.candidates.length === 1 ? (message.candidates[0]?.invoiceId ?? '') : ''));
  const [note, setNote] = useState('');
  const [vouch, setVouch] = useState(attached !== '');
  const [sure, setSure] = useState(false);
  const [override, setOverride] = useState(false);
  const attach = useMutation({
    mutationFn: () => api.attach(message.id, { invoiceId, note: note.trim(), ...(vouch ? { states: open.map(({ type }) => type) } : {}), ...(vouch && override ? { override: true } : {}) }),
    onSuccess: async (fresh) => {
      onClose();
      toast(t(vouch ? 'message.attach.vouched' : 'message.attach.done'));
      await putMessage(client, message.id, fresh);
    },
  });
  const doubted = attach.error instanceof ApiProblem && attach.error.slug === 'override-needed';
  const ready = invoiceId !== '' && note.trim() !== '' && (!vouch || sure) && (!doubted || override || !vouch);
  return (
    <Dialog
      form="wide"
      title={t('message.attach.title')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button kind={vouch ? 'danger' : 'primary'} type="submit" form={form} busy={attach.isPending} disabled={!ready}>
            {t(vouch ? 'message.attach.confirmVouch' : 'message.attach.confirm')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="stack"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          attach.mutate();
        }}
      >
        {attached === '' && <ChooseInvoice message={message} value={invoiceId} onChange={setInvoiceId} />}
        {open.length > 0 && <HowToAttach message={message} remark={attached === ''} vouch={vouch} onVouch={setVouch} sure={sure} onSure={setSure} />}
        <NoteField value={note} onChange={setNote} />
        {attach.isError && <ProblemBox error={attach.error} />}
        {doubted && vouch && <CheckField label={t('message.attach.override')} checked={override} onChange={(event) => setOverride(event.target.checked)} />}
      </form>
    </Dialog>
  );
}

interface HowProps {
  readonly message: MessageDetail;
  /** A remark can still be chosen. */
  readonly remark: boolean;
  readonly vouch: boolean;
  readonly onVouch: (vouch: boolean) => void;
  readonly sure: boolean;
  readonly onSure: (sure: boolean) => void;
}

function HowToAttach({ message, remark, vouch, onVouch, sure, onSure }: HowProps) {
  const { t, text } = useI18n();
  const group = useId();
  const claims = message.claims.filter(({ vouched }) => !vouched).map(({ title }) => text(title));
  return (
    <fieldset className="choices">
      <legend>{t('message.attach.how')}</legend>
      {remark && (
        <label className="choice">
          <input type="radio" name={group} checked={!vouch} onChange={() => onVouch(false)} />
          <span className="choice-words">
            <strong>{t('message.attach.remark')}</strong>
            <span className="faint">{t('message.attach.remark.body')}</span>
          </span>
        </label>
      )}
      <label className="choice">
        <input type="radio" name={group} checked={vouch} onChange={() => onVouch(true)} />
        <span className="choice-words">
          <strong>{t('message.attach.vouch', { events: claims.join(', ') })}</strong>
          <span className="faint">{t('message.attach.vouch.body')}</span>
        </span>
      </label>
      {vouch && (
        <div className="notice stack">
          <p>{t('message.attach.vouch.warning')}</p>
          <CheckField label={t('message.attach.sure')} checked={sure} onChange={(event) => onSure(event.target.checked)} />
        </div>
      )}
    </fieldset>
  );
}
