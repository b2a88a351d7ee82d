import { useEffect, useRef, useState } from 'react';
import { Icon } from './icon.js';

const TYPING_MS = 250;

/** Words to look for, asked for while they are typed. Control or Command with K leads here. */
export function SearchBox({ label, placeholder, asked, onAsk }: { label: string; placeholder: string; asked: string; onAsk: (words: string) => void }) {
  const [words, setWords] = useState(asked);
  const search = useRef<HTMLInputElement>(null);
  const latest = useRef(asked);

  // The address is the truth: when it changes by the back button, the box follows it.
  useEffect(() => {
    if (asked === latest.current) return;
    latest.current = asked;
    setWords(asked);
  }, [asked]);

  useEffect(() => {
    if (words.trim() === latest.current) return;
    const timer = setTimeout(() => {
      latest.current = words.trim();
      onAsk(words.trim());
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [words, onAsk]);

  useEffect(() => {
    const jump = (event: KeyboardEvent) => {
      if (event.key !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      search.current?.focus();
      search.current?.select();
    };
    window.addEventListener('keydown', jump);
    return () => window.removeEventListener('keydown', jump);
  }, []);

  return (
    <div className="search">
      <Icon name="search" />
      <input
        ref={search}
        className="input"
        type="search"
        aria-label={label}
        aria-keyshortcuts="Control+K Meta+K"
        placeholder={placeholder}
        value={words}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setWords(event.target.value)}
      />
    </div>
  );
}
