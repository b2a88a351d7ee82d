import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import type { Finding, SignatureForm, SigningCertificate } from '../../api/types.js';
import type { Tone } from '../../app/status.js';
import { formatInstant } from '../../format/time.js';
import { useI18n } from '../../i18n/i18n.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Fact } from '../../ui/copy.js';
import { ConfirmDialog } from '../../ui/dialog.js';
import { Card, Skeleton } from '../../ui/layout.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { useToast } from '../../ui/toasts.js';
import { CertificateDialog } from './certificate-dialog.js';
import { FormChoice } from './form-choice.js';

const TONES: Readonly<Record<SigningCertificate['state'], Tone>> = { valid: 'good', expiring: 'wait', expired: 'bad' };

/** What the company signs with: nothing, or a certificate with its facts and how long it holds. */
export function CertificateCard({ companyId }: { companyId: string }) {
  const { t } = useI18n();
  const [dialog, setDialog] = useState<'upload' | 'delete'>();
  const certificate = useQuery({ queryKey: keys.certificate(companyId), queryFn: () => api.certificate(companyId) });
  const { data } = certificate;
  return (
    <Card title={t('certificate.title')} aside={data && <Badge tone={TONES[data.state]}>{t(`certificate.state.${data.state}`)}</Badge>}>
      <p className="faint">{t('certificate.body')}</p>
      {certificate.isPending && <Skeleton lines={4} />}
      {certificate.isError && <ProblemBox error={certificate.error} onRetry={() => void certificate.refetch()} />}
      {data === null && <p className="notice">{t('certificate.none')}</p>}
      {data && <CertificateFacts certificate={data} />}
      {certificate.isSuccess && (
        <div className="actions">
          <Button kind={data === null || data?.state !== 'valid' ? 'primary' : 'plain'} icon="upload" onClick={() => setDialog('upload')}>
            {t(data ? 'certificate.replace' : 'certificate.upload')}
          </Button>
          {data && (
            <Button kind="danger" onClick={() => setDialog('delete')}>
              {t('certificate.delete')}
            </Button>
          )}
        </div>
      )}
      {dialog === 'upload' && <CertificateDialog companyId={companyId} form={data?.form ?? 'cades'} onClose={() => setDialog(undefined)} />}
      {dialog === 'delete' && <DeleteCertificate companyId={companyId} onClose={() => setDialog(undefined)} />}
    </Card>
  );
}

function CertificateFacts({ certificate }: { certificate: SigningCertificate }) {
  const { t, language } = useI18n();
  const { companyId, subject, issuer, serialNumber, notBefore, notAfter, algorithm, keyUsage, form, expiresInDays, warnings, state } = certificate;
  const client = useQueryClient();
  const toast = useToast();
  const [chosen, setChosen] = useState<SignatureForm>();
  const change = useMutation({
    mutationFn: (next: SignatureForm) => api.setSignatureForm(companyId, next),
    onSuccess: (changed) => {
      client.setQueryData(keys.certificate(companyId), changed);
      toast(t('certificate.form.saved'));
    },
    onSettled: () => setChosen(undefined),
  });
  return (
    <>
      {warnings.map((warning) => (
        <Warning key={warning.code} warning={warning} />
      ))}
      <dl className="fact-list fact-list-wide">
        <Fact label={t('certificate.subject')}>
          <span className="break">{subject}</span>
        </Fact>
        <Fact label={t('certificate.issuer')}>
          <span className="break">{issuer}</span>
        </Fact>
        <Fact label={t('certificate.validity')}>
          {t('certificate.fromTo', { from: formatInstant(language, notBefore, 'day'), to: formatInstant(language, notAfter, 'day') })}{' '}
          <span className="faint nowrap">({state === 'expired' ? t('certificate.past', { n: -expiresInDays }) : t('certificate.left', { n: expiresInDays })})</span>
        </Fact>
        <Fact label={t('certificate.key')}>
          {algorithm}
          {keyUsage && <span className="faint"> · {t(keyUsage.nonRepudiation ? 'certificate.usage.sign' : 'certificate.usage.other')}</span>}
        </Fact>
        <Fact label={t('certificate.serial')} copy={serialNumber} mono>
          <span className="break">{serialNumber}</span>
        </Fact>
      </dl>
      <FormChoice
        value={chosen ?? form}
        onChange={(next) => {
          setChosen(next);
          change.mutate(next);
        }}
      />
      {change.isError && <ProblemBox error={change.error} />}
    </>
  );
}

/** How to mend an end that is near goes without saying: the button stands below. */
function Warning({ warning: { code, severity, message, fix } }: { warning: Finding }) {
  const { text } = useI18n();
  return (
    <p className="notice" data-tone={severity === 'error' ? 'bad' : 'wait'}>
      {text(message)} {fix && !code.startsWith('signing-certificate-') && text(fix)}
    </p>
  );
}

function DeleteCertificate({ companyId, onClose }: { companyId: string; onClose: () => void }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const toast = useToast();
  const remove = useMutation({
    mutationFn: () => api.deleteCertificate(companyId),
    onSuccess: async () => {
      client.setQueryData(keys.certificate(companyId), null);
      onClose();
      toast(t('certificate.deleted'));
      await client.invalidateQueries({ queryKey: keys.allCounts });
    },
  });
  return (
    <ConfirmDialog title={t('certificate.delete.title')} confirm={t('certificate.delete')} kind="danger" busy={remove.isPending} onConfirm={() => remove.mutate()} onClose={onClose}>
      <p>{t('certificate.delete.body')}</p>
      {remove.isError && <ProblemBox error={remove.error} />}
    </ConfirmDialog>
  );
}
