import type { ComponentProps } from 'react';
import { Link, type LinkProps } from 'react-router';
import { Icon, type IconName } from './icon.js';

export type ButtonKind = 'primary' | 'plain' | 'quiet' | 'danger';

interface Look {
  readonly kind?: ButtonKind;
  readonly icon?: IconName;
  readonly small?: boolean;
}

function look({ kind = 'plain', small }: Look, className?: string): string {
  return ['button', `button-${kind}`, small ? 'button-small' : '', className ?? ''].filter(Boolean).join(' ');
}

/** A button; while `busy` it cannot be pressed again, and says so. */
export function Button({ kind, icon, small, busy, className, children, disabled, type = 'button', ...rest }: ComponentProps<'button'> & Look & { busy?: boolean }) {
  return (
    <button {...rest} type={type} className={look({ kind, small }, className)} aria-disabled={busy || disabled || undefined} aria-busy={busy || undefined} disabled={disabled || busy}>
      {busy ? <span className="spinner" aria-hidden="true" /> : icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

export function LinkButton({ kind, icon, small, className, children, ...rest }: LinkProps & Look) {
  return (
    <Link {...rest} className={look({ kind, small }, className)}>
      {icon && <Icon name={icon} />}
      {children}
    </Link>
  );
}

/** Fetches bytes from the API under the session's cookie and saves them. */
export function DownloadLink({ href, name, icon = 'download', small, kind, className, children, ...rest }: { href: string; name?: string } & Look & Omit<ComponentProps<'a'>, 'href'>) {
  return (
    <a {...rest} href={href} download={name ?? true} className={look({ kind, small }, className)}>
      <Icon name={icon} />
      {children}
    </a>
  );
}

/** Only a sign to see; the label is for everyone else and for the tooltip. */
export function IconButton({ icon, label, className, type = 'button', ...rest }: ComponentProps<'button'> & { icon: IconName; label: string }) {
  return (
    <button {...rest} type={type} className={className ? `icon-button ${className}` : 'icon-button'} aria-label={label} title={label}>
      <Icon name={icon} />
    </button>
  );
}
