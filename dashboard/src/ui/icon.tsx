/** Strokes on a 20 by 20 grid, drawn for this application. */
const PATHS = {
  invoice: 'M5.5 2.5h9v15l-2.25-1.5L10 17.5 7.75 16 5.5 17.5zM8 6.5h4M8 9.5h4M8 12.5h2',
  inbox: 'M3 11.5L5.5 3.5h9L17 11.5v5H3zM3 11.5h4.5l1 2h3l1-2H17M10 4.5v5M7.8 7.5L10 9.7l2.2-2.2',
  mailbox: 'M2.5 5.5h15v9.5a1 1 0 0 1-1 1h-13a1 1 0 0 1-1-1zM2.5 6l7.5 5.5L17.5 6',
  webhook: 'M7.6 7.2a2.9 2.9 0 1 1 4.6.2l2 3.7M12 14.2h4.5M8.1 8l-2.4 4M5.5 14.2a2.6 2.6 0 1 0 2.7 2.2 M14.6 11.6a2.7 2.7 0 1 1-1.6 5',
  sandbox: 'M7.5 2.5h5M8.5 2.5v5L4 15.2a1.5 1.5 0 0 0 1.3 2.3h9.4a1.5 1.5 0 0 0 1.3-2.3L11.5 7.5v-5M6.2 12.5h7.6',
  book: 'M3.5 4.5a1 1 0 0 1 1-1H8a2 2 0 0 1 2 2v11a2 2 0 0 0-2-1.5H3.5zM16.5 4.5a1 1 0 0 0-1-1H12a2 2 0 0 0-2 2v11a2 2 0 0 1 2-1.5h4.5z',
  plus: 'M10 4v12M4 10h12',
  search: 'M9 3.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM13 13l4 4',
  filter: 'M3 5h14M6 10h8M8.5 15h3',
  close: 'M5 5l10 10M15 5L5 15',
  check: 'M4 10.5l4 4 8-9',
  back: 'M11.5 4.5L6 10l5.5 5.5',
  forward: 'M8.5 4.5L14 10l-5.5 5.5',
  down: 'M4.5 7.5L10 13l5.5-5.5',
  copy: 'M7 6.5V4a1 1 0 0 1 1-1h7.5a1 1 0 0 1 1 1v8.5a1 1 0 0 1-1 1H13M4 7h8a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1z',
  download: 'M10 3v9.5M6 9l4 4 4-4M3.5 16.5h13',
  upload: 'M10 13V3.5M6 7l4-4 4 4M3.5 13v3.5h13V13',
  print: 'M6 7V3h8v4M6 14H4a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1h12a1 1 0 0 1 1 1v5a1 1 0 0 1-1 1h-2M6 11.5h8V17H6z',
  quarantine: 'M3.5 10.5h4l1 2h3l1-2h4M3.5 10.5v5a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1v-5l-2-6.5h-9zM10 5v2.5M10 9.3v.1',
  shield: 'M10 2.5l6 2v5c0 4-2.5 6.7-6 8-3.5-1.3-6-4-6-8v-5zM7.3 10l2 2 3.5-4',
  clock: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM10 6v4.2l2.8 1.8',
  alert: 'M10 3.2l7.3 13H2.7zM10 8v4M10 14.2v.1',
  speech: 'M3 4.5h14v9.5H9.5L6 17v-3H3zM6.5 8h7M6.5 10.8h4.5',
  half: 'M3.5 10a6.5 6.5 0 0 1 6.5-6.5M10 3.5a6.5 6.5 0 0 1 5.6 9.8M12.8 12.3l2.9 1.2 1.1-3',
  dot: 'M10 8.5a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3zM10 3.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13z',
  cross: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM7.5 7.5l5 5M12.5 7.5l-5 5',
  user: 'M10 3.5a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM4 16.5c.5-3 3-4.5 6-4.5s5.5 1.5 6 4.5',
  server: 'M3.5 4h13v5h-13zM3.5 11h13v5h-13zM6 6.5h.1M6 13.5h.1M9 6.5h4.5M9 13.5h4.5',
  sun: 'M10 6.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM10 2v1.8M10 16.2V18M2 10h1.8M16.2 10H18M4.3 4.3l1.3 1.3M14.4 14.4l1.3 1.3M15.7 4.3l-1.3 1.3M5.6 14.4l-1.3 1.3',
  moon: 'M16.5 11.8A7 7 0 0 1 8.2 3.5a7 7 0 1 0 8.3 8.3z',
  screen: 'M3 4h14v9H3zM7.5 16.5h5M10 13v3.5',
  key: 'M12.5 3.5a4 4 0 1 1-3.6 5.7L3.5 14.5v2.5H6v-2h2v-2l2.5-1.8M13.5 6.5v.1',
  exit: 'M8 3.5H4.5a1 1 0 0 0-1 1v11a1 1 0 0 0 1 1H8M12.5 6.5L16 10l-3.5 3.5M16 10H7.5',
  refresh: 'M16 10a6 6 0 1 1-1.8-4.3L16.5 8M16.5 4v4h-4',
  bolt: 'M11 2.5L4.5 11.5H9.5L8.5 17.5 15.5 8h-5z',
  menu: 'M3.5 6h13M3.5 10h13M3.5 14h13',
  scales: 'M10 3v14M6.5 17h7M4 5.5h12M4 5.5L1.8 11a2.4 2.4 0 0 0 4.4 0zM16 5.5L13.8 11a2.4 2.4 0 0 0 4.4 0z',
  building: 'M4.5 17V3.5h7V17M11.5 8h4v9M2.5 17h15M7 7h2M7 10h2M7 13h2',
} as const;

export type IconName = keyof typeof PATHS;

/** A sign beside words; hidden from those who hear the words. */
export function Icon({ name, className }: { name: IconName; className?: string }) {
  return (
    <svg className={className ? `icon ${className}` : 'icon'} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The house's mark: a letter with its postmark. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect className="mark-ground" width="32" height="32" rx="7" />
      <path className="mark-letter" d="M6.5 11h19v11.5a1.5 1.5 0 0 1-1.5 1.5H8a1.5 1.5 0 0 1-1.5-1.5z" />
      <path className="mark-fold" d="M6.5 11L16 18.2 25.5 11" />
      <path className="mark-stroke" d="M9 7h14" />
    </svg>
  );
}
