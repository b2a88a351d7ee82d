import { useId, useState, type ComponentProps, type ReactNode } from 'react';

interface FieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string;
  readonly className?: string;
}

interface Wiring {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

function Field({ label, hint, error, className, children }: FieldProps & { children: (wiring: Wiring) => ReactNode }) {
  const id = useId();
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div className={className ? `field ${className}` : 'field'}>
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      {hint && (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

export function TextField({ label, hint, error, className, ...input }: FieldProps & ComponentProps<'input'>) {
  return (
    <Field label={label} hint={hint} error={error} className={className}>
      {(wiring) => <input {...input} {...wiring} className="input" />}
    </Field>
  );
}

export function TextArea({ label, hint, error, className, ...input }: FieldProps & ComponentProps<'textarea'>) {
  return (
    <Field label={label} hint={hint} error={error} className={className}>
      {(wiring) => <textarea {...input} {...wiring} className="input" />}
    </Field>
  );
}

export function SelectField({ label, hint, error, className, children, ...select }: FieldProps & ComponentProps<'select'>) {
  return (
    <Field label={label} hint={hint} error={error} className={className}>
      {(wiring) => (
        <select {...select} {...wiring} className="input select">
          {children}
        </select>
      )}
    </Field>
  );
}

export function CheckField({ label, ...input }: { label: ReactNode } & Omit<ComponentProps<'input'>, 'type'>) {
  return (
    <label className="check">
      <input {...input} type="checkbox" />
      <span>{label}</span>
    </label>
  );
}

/** A file from this computer. The browser's own button speaks the browser's language, so ours stands before it. */
export function FileField({ label, hint, error, choose, onFile, ...input }: Omit<FieldProps, 'className'> & { choose: string; onFile: (file: File | undefined) => void } & Omit<ComponentProps<'input'>, 'type' | 'onChange'>) {
  const [name, setName] = useState<string>();
  return (
    <Field label={label} hint={hint} error={error}>
      {(wiring) => (
        <span className="file-field">
          <input
            {...input}
            {...wiring}
            type="file"
            onChange={(event) => {
              const file = event.target.files?.[0];
              setName(file?.name);
              onFile(file);
            }}
          />
          <span className="button button-plain button-small" aria-hidden="true">
            {choose}
          </span>
          <span className="break">{name}</span>
        </span>
      )}
    </Field>
  );
}

/** One of a few, side by side; arrow keys move as in any group of radio buttons. */
export function Segmented<T extends string>({
  label,
  value,
  options,
  onChange,
  hideLabel = true,
}: {
  label: string;
  value: T;
  options: readonly { value: T; label: ReactNode }[];
  onChange: (value: T) => void;
  hideLabel?: boolean;
}) {
  const name = useId();
  return (
    <fieldset className="segmented">
      <legend className={hideLabel ? 'visually-hidden' : undefined}>{label}</legend>
      <div className="segments">
        {options.map((option) => (
          <label key={option.value}>
            <input type="radio" name={name} value={option.value} checked={option.value === value} onChange={() => onChange(option.value)} />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
