import { useState } from 'react';
import { recall, remember } from './stored.js';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const STORED = 'corriere.theme';

/** The theme chosen; `system` follows prefers-color-scheme. `boot.js` applies it before the first paint. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>(() => {
    const stored = recall(STORED);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  });
  return [
    theme,
    (next) => {
      if (next === 'system') delete document.documentElement.dataset['theme'];
      else document.documentElement.dataset['theme'] = next;
      remember(STORED, next === 'system' ? undefined : next);
      setTheme(next);
    },
  ];
}
