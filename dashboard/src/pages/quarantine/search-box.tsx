import { useEffect, useRef, useState } from 'react';
import { Icon } from '../../ui/icon.js';

const TYPING_MS = 300;

/** A search while typing, told when the typing rests. The value from outside wins when it changes by itself. */
export function SearchBox({ label, placeholder, value, onChange }: { label: string; placeholder: string; value: string; onChange: (value: string) => void }) {
  const [words, setWords] = useState(value);
  const asked = useRef(value);
  useEffect(() => {
    if (value === asked.current) return;
    asked.current = value;
    setWords(value);
  }, [value]);
  useEffect(() => {
    if (words.trim() === asked.current) return;
    const timer = setTimeout(() => {
      asked.current = words.trim();
      onChange(words.trim());
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [words, onChange]);
  return (
    <div className="search">
      <Icon name="search" />
      <input className="input" type="search" aria-label={label} placeholder={placeholder} value={words} autoComplete="off" spellCheck={false} onChange={(event) => setWords(event.target.value)} />
    </div>
  );
}
